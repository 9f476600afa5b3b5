import { collectDefaultMetrics, Registry } from 'prom-client';
import { createMetrics, type HistogramOf } from './create-metrics';
import { droppedSamplesOf } from './dropped-samples';

/** Garbage collections; prom-client's own bounds hold whole numbers. */
const GC_SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 1.5];

/** Who exposes: the labels of interop_build_info. */
export interface Build {
  readonly service: string;
  readonly version: string;
}

/**
 * The metrics of one process and the page they make, in OpenMetrics, so that exemplars are carried.
 *
 * Scrapes that come together share one page: a second Prometheus costs nothing.
 *
 * @example
 * const exposition = new Exposition({ service: 'service-a', version: '1.2.0' });
 * const metrics = createMetrics(exposition.registry, ['interop_commits_total']);
 */
export class Exposition {
  readonly registry = openMetricsRegistry();
  private readonly seconds: HistogramOf<'interop_exposition_seconds'>;
  private readonly collectors: (() => void | Promise<void>)[] = [];
  private underWay: Promise<string> | undefined;

  constructor({ service, version }: Build) {
    collectDefaultMetrics({ register: this.registry, gcDurationBuckets: GC_SECONDS });
    droppedSamplesOf(this.registry);
    const own = createMetrics(this.registry, ['interop_build_info', 'interop_exposition_seconds']);
    own.interop_build_info.set({ service, version, node_version: process.version }, 1);
    this.seconds = own.interop_exposition_seconds;
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Calls `collect` before each page, for gauges that are read off something. It must be quick. */
  beforeEach(collect: () => void | Promise<void>): void {
    this.collectors.push(collect);
  }

  /** Writes the page. */
  write(): Promise<string> {
    this.underWay ??= this.writeTimed().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  private async writeTimed(): Promise<string> {
    const startedAtMs = performance.now();
    await Promise.all(this.collectors.map(async (collect) => collect()));
    const page = await this.registry.metrics();
    this.seconds.observe({}, (performance.now() - startedAtMs) / 1_000);
    return page;
  }
}

/** OpenMetrics at run time; in prom-client's types only a registry of the other format can be handed to a metric. */
function openMetricsRegistry(): Registry {
  const registry = new Registry();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never);
  return registry;
}
