import { Registry } from 'prom-client';
import { SampleArena } from '../core/arena/sample-arena';

/**
 * Where the metrics of a process are registered: those of prom-client, and those kept as text.
 *
 * OpenMetrics always, so that exemplars are carried.
 */
export class MetricRegistry extends Registry {
  /** Families with many series. */
  readonly arena = new SampleArena();

  constructor() {
    super();
    // OpenMetrics at run time; in prom-client's types only a registry of the other format can be handed to a metric.
    this.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never);
  }
}
