import type { MetricName } from '@latido/observability';

/** What one release in one namespace exported: no dashboard mixes two. */
export const scope = 'namespace="$namespace",release="$release"';

/** Suffixes under which a histogram is stored. */
type Part = '' | '_bucket' | '_sum' | '_count';

/** A selector of a metric of the catalogue, within the scope. */
export function series<N extends MetricName>(name: `${N}${Part}`, ...matchers: readonly string[]): string {
  return `${name}{${[scope, ...matchers].join(',')}}`;
}

/** A series that a recording rule writes, such as `service:interop_service_alive:max`. */
export function recorded(name: string, ...matchers: readonly string[]): string {
  return `${name}{${[scope, ...matchers].join(',')}}`;
}

export function rate(selector: string): string {
  return `rate(${selector}[$__rate_interval])`;
}

export function sumBy(labels: string, expr: string): string {
  return `sum by (${labels}) (${expr})`;
}

export function maxBy(labels: string, expr: string): string {
  return `max by (${labels}) (${expr})`;
}

/**
 * A counter that every monitor replica counts for itself: the rate a replica, then the largest. The other way round, a
 * restart of one replica would look like events.
 */
export function rateOfReplicas(labels: string, selector: string): string {
  return maxBy(labels, sumBy(`${labels}, pod`, rate(selector)));
}

/** The same as an amount over the time that is shown. */
export function countOfReplicas(labels: string, selector: string): string {
  return maxBy(labels, sumBy(`${labels}, pod`, `increase(${selector}[$__range])`));
}

export function quantile(q: number, labels: string, buckets: string): string {
  return `histogram_quantile(${q}, ${sumBy(labels === '' ? 'le' : `${labels}, le`, rate(buckets))})`;
}
