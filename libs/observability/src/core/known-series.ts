import type { LabelRule } from './metric-definition';

/**
 * All label sets a metric can have once its configured labels are given: the product of the values
 * its other labels list.
 *
 * @param labels - label rules of the metric.
 * @param configured - a value for each label whose rule is `configured`.
 * @example
 * knownSeries({ workflow: 'configured', outcome: ['complete', 'failed'] }, { workflow: 'w' });
 * // => [{ workflow: 'w', outcome: 'complete' }, { workflow: 'w', outcome: 'failed' }]
 */
export function knownSeries(
  labels: Readonly<Record<string, LabelRule>>,
  configured: Readonly<Record<string, string>>,
): readonly Readonly<Record<string, string>>[] {
  let sets: readonly Readonly<Record<string, string>>[] = [{}];
  for (const [name, rule] of Object.entries(labels)) {
    const values = rule === 'configured' ? [configured[name] ?? ''] : rule;
    sets = sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value })));
  }
  return sets;
}
