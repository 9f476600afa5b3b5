import type { MetricName } from '@latido/observability';

/** What every expression selects: the release that is installed, nobody else's. */
const RELEASE = 'namespace="@namespace@",release="@release@"';

/** A series that a rule records. */
export type RecordedName = `${string}:${string}:${string}`;
type Scraped = 'up' | 'scrape_duration_seconds' | 'scrape_samples_scraped';
/** The families that Prometheus makes of a histogram. */
type HistogramPart = `${MetricName}_${'bucket' | 'count' | 'sum'}`;

/** Selects a metric of this release, with further matchers; a name that nobody exports does not compile. */
export function select(name: MetricName | HistogramPart | RecordedName | Scraped, matchers = ''): string {
  return `${name}{${RELEASE}${matchers && `,${matchers}`}}`;
}

/** `by (...)` or `on (...)` with these labels and the ones that every one of them keeps. */
export function per(...labels: readonly string[]): string {
  return `(${['namespace', 'release', ...labels].join(', ')})`;
}

/** Labels of an edge. */
export const EDGE = ['producer', 'consumer', 'topic'] as const;

/** Gives what an expression yields the label `service`, from another one. */
export function serviceFrom(label: 'app' | 'consumer', expression: string): string {
  return `label_replace(\n${indent(expression)},\n  "service", "$1", "${label}", "(.+)"\n)`;
}

/** Two spaces before every line. */
function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
