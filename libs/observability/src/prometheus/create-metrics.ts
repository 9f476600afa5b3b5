import type { Series } from '../core/arena/arena-family';
import {
  type ArenaMetricName,
  type ConfiguredLabelsOf,
  type LabelsOf,
  metricCatalogue,
  type MetricName,
  type MetricNameOf,
} from '../core/metric-catalogue';
import type { MetricDefinition } from '../core/metric-definition';
import { ArenaSeries } from './arena-series';
import type { Labels } from './instrument';
import { droppedSamplesOf } from './dropped-samples';
import type { MetricRegistry } from './metric-registry';
import { MetricSeries } from './metric-series';

interface SeriesOf<N extends MetricName> {
  /**
   * Exposes at 0 every series that these labels can have and that is not there yet. A counter first
   * seen at 1 has increase() 0, and its alert stays silent: call this for each edge, service or
   * workflow as soon as it is known.
   */
  startAtZero(labels: ConfiguredLabelsOf<N>): void;
  /** Exposes the series no more and frees its place. */
  remove(labels: LabelsOf<N>): void;
}

/** A counter of the catalogue. */
export interface CounterOf<N extends MetricName> extends SeriesOf<N> {
  /** @param amount - at least 0; 1 when left out. */
  inc(labels: LabelsOf<N>, amount?: number): void;
}

/** A gauge of the catalogue. */
export interface GaugeOf<N extends MetricName> extends SeriesOf<N> {
  set(labels: LabelsOf<N>, value: number): void;
}

/** A histogram of the catalogue. */
export interface HistogramOf<N extends MetricName> extends SeriesOf<N> {
  /** @param traceId - kept as exemplar where the catalogue allows it. */
  observe(labels: LabelsOf<N>, value: number, traceId?: string): void;
}

/** What metrics that are kept as text can do besides. */
interface KeptSeriesOf<N extends MetricName> {
  /**
   * One series, for whoever sets it often: nothing is looked up when it is set.
   *
   * @param initial - what a new series starts with; 0 when left out.
   * @returns undefined for one that has no place; that is counted.
   */
  series(labels: LabelsOf<N>, initial?: number): Series | undefined;
}

/** Metrics of the catalogue by name, each with the labels it has there and no others. */
export type Metrics<N extends MetricName> = {
  readonly [K in N]: InstrumentOf<K> & (K extends ArenaMetricName ? KeptSeriesOf<K> : unknown);
};

type InstrumentOf<K extends MetricName> =
  K extends MetricNameOf<'counter'>
    ? CounterOf<K>
    : K extends MetricNameOf<'gauge'>
      ? GaugeOf<K>
      : HistogramOf<K>;

/**
 * Creates metrics of the catalogue in a registry.
 *
 * A metric whose label values are all listed in the catalogue starts with every series at 0; for the
 * others call `startAtZero`. Samples past a metric's bound on series are dropped and counted by
 * `interop_series_dropped_total`. Each name can be created once a registry: share the result.
 *
 * @example
 * const metrics = createMetrics(registry, ['interop_commits_total']);
 * metrics.interop_commits_total.inc({ outcome: 'applied' });
 */
export function createMetrics<const N extends MetricName>(
  registry: MetricRegistry,
  names: readonly N[],
): Metrics<N> {
  const metrics = Object.fromEntries(names.map((name) => [name, facadeOf(registry, name)]));
  // Built name by name from the catalogue that the type is computed from.
  return metrics as unknown as Metrics<N>;
}

function facadeOf(registry: MetricRegistry, name: MetricName): object {
  const definition: MetricDefinition = metricCatalogue[name];
  // Known before anything is dropped: a counter that is first seen at 1 has not increased.
  droppedSamplesOf(registry).inc({ metric: name }, 0);
  if (definition.arena) return new ArenaSeries(registry, name);
  const series = new MetricSeries(registry, name);
  return {
    inc: (labels: Labels, amount = 1) => series.record(labels, amount),
    set: (labels: Labels, value: number) => series.record(labels, value),
    observe: (labels: Labels, value: number, traceId?: string) => series.record(labels, value, traceId),
    startAtZero: (labels: Labels) => series.startAtZero(labels),
    remove: (labels: Labels) => series.remove(labels),
  };
}
