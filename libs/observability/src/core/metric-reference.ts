import { metricCatalogue } from './metric-catalogue';
import { DEFAULT_MAX_SERIES, type LabelRule, type MetricDefinition } from './metric-definition';

/** The reference page of all metrics, in Markdown, as docs/reference/metrics.md holds it. */
export function metricReference(
  catalogue: Readonly<Record<string, MetricDefinition>> = metricCatalogue,
): string {
  return [
    '# Metrics',
    '',
    'Written from `libs/observability/src/core/metric-catalogue.ts`; change it there.',
    '',
    'A stable metric is removed or relabelled only with an alias for two releases. Every process also exports the',
    `default \`process_*\` and \`nodejs_*\` metrics of prom-client. A metric has at most ${DEFAULT_MAX_SERIES} series a process unless it says`,
    'otherwise; what does not fit is counted by `interop_series_dropped_total`.',
    '',
    ...Object.entries(catalogue).flatMap(([name, definition]) => section(name, definition)),
  ].join('\n');
}

function section(name: string, definition: MetricDefinition): readonly string[] {
  const facts = [
    `${definition.type}, ${definition.unit}, ${definition.stability}, exported by: ${definition.exportedBy}`,
    ...Object.entries(definition.labels).map(([label, rule]) => `label \`${label}\`${valuesOf(rule)}`),
    ...(definition.buckets ? [`bounds: ${definition.buckets.join(', ')}`] : []),
    ...(definition.exemplars ? ['exemplars: trace ids'] : []),
    ...(definition.maxSeries ? [`at most ${definition.maxSeries} series`] : []),
  ];
  return [`## ${name}`, '', `${definition.help}.`, '', ...facts.map((fact) => `- ${fact}`), ''];
}

function valuesOf(rule: LabelRule): string {
  return rule === 'configured' ? '' : `: ${rule.map((value) => `\`${value}\``).join(', ')}`;
}
