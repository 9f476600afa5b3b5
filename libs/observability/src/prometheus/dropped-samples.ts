import { Counter, type Registry } from 'prom-client';
import { metricCatalogue } from '../core/metric-catalogue';

const NAME = 'interop_series_dropped_total';

/** The one counter of a registry for samples that no metric had room for. Its label is a catalogue name: bounded. */
export function droppedSamplesOf(registry: Registry): Counter {
  const existing = registry.getSingleMetric(NAME);
  if (existing instanceof Counter) return existing;
  const { help, labels } = metricCatalogue[NAME];
  return new Counter({ name: NAME, help, labelNames: Object.keys(labels), registers: [registry] });
}
