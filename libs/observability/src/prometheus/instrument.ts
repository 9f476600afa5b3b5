import { Counter, Gauge, Histogram, type MetricConfiguration, type Registry } from 'prom-client';
import type { MetricDefinition } from '../core/metric-definition';

export type Labels = Readonly<Record<string, string>>;

/** One prom-client metric of any type, behind the three things that are done with it. */
export interface Instrument {
  /** Adds to a counter, sets a gauge, observes in a histogram. */
  record(labels: Labels, value: number, traceId?: string): void;
  zero(labels: Labels): void;
  remove(labels: Labels): void;
}

type Options = MetricConfiguration<string>;

/** Creates the prom-client metric of a definition in a registry. */
export function instrumentOf(registry: Registry, name: string, definition: MetricDefinition): Instrument {
  const { help, labels } = definition;
  const options = { name, help, labelNames: Object.keys(labels), registers: [registry] };
  return INSTRUMENTS[definition.type](options, definition);
}

const INSTRUMENTS: Readonly<
  Record<MetricDefinition['type'], (options: Options, definition: MetricDefinition) => Instrument>
> = { counter: counterOf, gauge: gaugeOf, histogram: histogramOf };

function counterOf(options: Options): Instrument {
  const counter = new Counter(options);
  return {
    record: (labels, amount) => counter.inc({ ...labels }, amount),
    zero: (labels) => counter.inc({ ...labels }, 0),
    remove: (labels) => counter.remove({ ...labels }),
  };
}

function gaugeOf(options: Options): Instrument {
  const gauge = new Gauge(options);
  return {
    record: (labels, value) => gauge.set({ ...labels }, value),
    zero: (labels) => gauge.set({ ...labels }, 0),
    remove: (labels) => gauge.remove({ ...labels }),
  };
}

function histogramOf(options: Options, { buckets = [], exemplars }: MetricDefinition): Instrument {
  const enableExemplars = exemplars === true;
  const histogram = new Histogram({ ...options, buckets: [...buckets], enableExemplars });
  return {
    record: enableExemplars
      ? (labels, value, traceId) => observeWithExemplar(histogram, { labels, value, traceId })
      : (labels, value) => histogram.observe({ ...labels }, value),
    zero: (labels) => histogram.zero({ ...labels }),
    remove: (labels) => histogram.remove({ ...labels }),
  };
}

function observeWithExemplar(
  histogram: Histogram,
  sample: { readonly labels: Labels; readonly value: number; readonly traceId: string | undefined },
): void {
  const { labels, value, traceId } = sample;
  histogram.observe({
    labels: { ...labels },
    value,
    ...(traceId !== undefined && { exemplarLabels: { trace_id: traceId } }),
  });
}
