import type { MetricDefinition } from './metric-definition';

/** A stable metric as it was in the last release. */
export interface ReleasedMetric {
  readonly type: MetricDefinition['type'];
  readonly labels: readonly string[];
  /** Releases in which it was kept as an alias of another; after two it may go. */
  readonly aliasForReleases?: number;
}

const RELEASES_AS_ALIAS = 2;

/**
 * What the catalogue breaks of what was released: stable metrics that are gone, or have another type or other labels.
 * Each problem says what to do.
 */
export function brokenPromises(
  released: Readonly<Record<string, ReleasedMetric>>,
  catalogue: Readonly<Record<string, MetricDefinition>>,
): readonly string[] {
  return Object.entries(released).flatMap(([name, metric]) => {
    if ((metric.aliasForReleases ?? 0) >= RELEASES_AS_ALIAS) return [];
    const now = catalogue[name];
    if (!now) return [`${name} is gone: keep it beside its successor for ${RELEASES_AS_ALIAS} releases`];
    const [before, after] = [
      signature(metric.type, metric.labels),
      signature(now.type, Object.keys(now.labels)),
    ];
    if (before === after) return [];
    return [`${name} was ${before} and is ${after}: give what is new a name of its own, and keep this one`];
  });
}

/** The stable metrics of a catalogue, as a release keeps them. */
export function stableMetrics(
  catalogue: Readonly<Record<string, MetricDefinition>>,
): Readonly<Record<string, ReleasedMetric>> {
  const stable = Object.entries(catalogue).filter(([, { stability }]) => stability === 'stable');
  return Object.fromEntries(
    stable.map(([name, { type, labels }]) => [name, { type, labels: Object.keys(labels).toSorted() }]),
  );
}

function signature(type: string, labels: readonly string[]): string {
  return `${type}{${labels.toSorted().join(',')}}`;
}
