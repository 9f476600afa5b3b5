/** What a label may hold: one of the values listed, or `configured`: names that configuration bounds. */
export type LabelRule = 'configured' | readonly string[];

/** Which process exposes a metric. `each` is every service. */
type Exporter = 'monitor' | 'producer' | 'consumer' | 'each';

/** Unit of the samples, in base units. */
type MetricUnit =
  'seconds' | 'epoch seconds' | 'ratio 0/1' | 'count' | 'beats' | 'write units' | 'read units' | 'info';

/**
 * One metric as users may rely on it.
 *
 * A `stable` metric is removed or relabelled only with an alias for two releases; `beta` may change.
 */
export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: Readonly<Record<string, LabelRule>>;
  readonly help: string;
  readonly unit: MetricUnit;
  readonly stability: 'stable' | 'beta';
  readonly exportedBy: Exporter;
  /** Upper bounds of a histogram, ascending. Never a whole number: Prometheus 3 rewrites `le="1"` to `le="1.0"`. */
  readonly buckets?: readonly number[];
  /** Observations may carry a trace id. */
  readonly exemplars?: true;
  /** Series a process keeps at most; more are dropped and counted. Default {@link DEFAULT_MAX_SERIES}. */
  readonly maxSeries?: number;
  /** A family with many series, of instances, edges or services by state: kept as text, so that a scrape of all of them is a copy of memory. */
  readonly arena?: true;
}

/**
 * Enough for 500 edges or services with two series each; a histogram of 12 buckets at this bound
 * costs a scrape about 50 ms, which is the most an event loop should be held.
 */
export const DEFAULT_MAX_SERIES = 1_000;
