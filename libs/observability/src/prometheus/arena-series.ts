import type { ArenaFamily, Series } from '../core/arena/arena-family';
import { knownSeries } from '../core/known-series';
import { metricCatalogue, type MetricName } from '../core/metric-catalogue';
import type { MetricDefinition } from '../core/metric-definition';
import { droppedSamplesOf } from './dropped-samples';
import type { Labels } from './instrument';
import type { MetricRegistry } from './metric-registry';

/** The series of one metric that is kept as text. What has no place is counted by interop_series_dropped_total. */
export class ArenaSeries {
  private readonly definition: MetricDefinition;
  private readonly family: ArenaFamily;

  constructor(
    private readonly registry: MetricRegistry,
    private readonly name: MetricName,
  ) {
    this.definition = metricCatalogue[name];
    this.family = registry.arena.family(name, this.definition);
  }

  series(labels: Labels, initial?: number): Series | undefined {
    const series = this.family.series(labels, initial);
    if (series === undefined) droppedSamplesOf(this.registry).inc({ metric: this.name });
    return series;
  }

  set(labels: Labels, value: number): void {
    this.series(labels, value)?.set(value);
  }

  inc(labels: Labels, amount = 1): void {
    const series = this.series(labels);
    series?.set(series.value + amount);
  }

  startAtZero(configured: Labels): void {
    for (const labels of knownSeries(this.definition.labels, configured)) this.series(labels);
  }

  remove(labels: Labels): void {
    this.family.remove(labels);
  }
}
