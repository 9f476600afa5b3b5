import type { Registry } from 'prom-client';
import { knownSeries } from '../core/known-series';
import { metricCatalogue, type MetricName } from '../core/metric-catalogue';
import { DEFAULT_MAX_SERIES, type MetricDefinition } from '../core/metric-definition';
import { SeriesGuard } from '../core/series-guard';
import { droppedSamplesOf } from './dropped-samples';
import { type Instrument, instrumentOf, type Labels } from './instrument';

/** The series of one metric: bounded in number, known ones exposed at 0 before anything happens. */
export class MetricSeries {
  private readonly definition: MetricDefinition;
  private readonly guard: SeriesGuard;
  private readonly instrument: Instrument;

  constructor(
    private readonly registry: Registry,
    private readonly name: MetricName,
  ) {
    this.definition = metricCatalogue[name];
    this.instrument = instrumentOf(registry, name, this.definition);
    const { labels, maxSeries = DEFAULT_MAX_SERIES } = this.definition;
    this.guard = new SeriesGuard(Object.keys(labels), maxSeries);
    if (Object.values(labels).every((rule) => rule !== 'configured')) this.startAtZero({});
  }

  record(labels: Labels, value: number, traceId?: string): void {
    if (this.guard.admit(labels) === 'refused') this.countDropped();
    else this.instrument.record(labels, value, traceId);
  }

  /** Touches new series only: one that has counted already keeps its value. */
  startAtZero(configured: Labels): void {
    for (const labels of knownSeries(this.definition.labels, configured)) {
      const admission = this.guard.admit(labels);
      if (admission === 'new') this.instrument.zero(labels);
      if (admission === 'refused') this.countDropped();
    }
  }

  remove(labels: Labels): void {
    this.guard.release(labels);
    this.instrument.remove(labels);
  }

  private countDropped(): void {
    droppedSamplesOf(this.registry).inc({ metric: this.name });
  }
}
