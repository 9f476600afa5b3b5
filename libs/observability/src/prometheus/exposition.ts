import { collectDefaultMetrics } from 'prom-client';
import { createMetrics, type HistogramOf } from './create-metrics';
import { droppedSamplesOf } from './dropped-samples';
import { MetricRegistry } from './metric-registry';
import type { Page } from './page';
import { PageWriter, textPart } from './page-writer';

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
  readonly registry = new MetricRegistry();
  private readonly seconds: HistogramOf<'interop_exposition_seconds'>;
  private readonly collectors: (() => void | Promise<void>)[] = [];
  private underWay: Promise<Page> | undefined;

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

  /**
   * Writes the page, in UTF-8. Scrapes that come together get the same one.
   *
   * @param spare - memory that nobody reads any more, to write into if it fits.
   */
  page(spare?: Buffer): Promise<Page> {
    this.underWay ??= this.writeTimed(spare).finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  /** The page as text, for people and tests. */
  async write(): Promise<string> {
    return (await this.page()).bytes.toString('utf8');
  }

  private async writeTimed(spare: Buffer | undefined): Promise<Page> {
    const startedAtMs = performance.now();
    await Promise.all(this.collectors.map(async (collect) => collect()));
    const page = await this.putTogether(await this.registry.metrics(), spare);
    this.seconds.observe({}, (performance.now() - startedAtMs) / 1_000);
    return page;
  }

  /** The arena's text first: prom-client's ends with `# EOF`, and bytes behind that fail the whole scrape. */
  private async putTogether(text: string, spare: Buffer | undefined): Promise<Page> {
    const { arena } = this.registry;
    const end = textPart(text);
    const writer = await PageWriter.begin(arena.byteLength + end.byteLength, spare);
    for (const family of arena.all()) await writer.add(family);
    await writer.add(end);
    return writer.page();
  }
}
