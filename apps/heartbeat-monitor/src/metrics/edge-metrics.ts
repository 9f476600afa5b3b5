import { type EdgeBook, type EdgeFigures, type EdgeName, noFigures } from '@latido/edge-accounting';
import type { Series } from '@latido/observability/prometheus';
import { edgeNames } from '../books/edge-names';
import type { MonitorListener } from '../liveness/monitor';
import type { MonitorMetrics } from './monitor-metrics';

/**
 * The families with a series an edge. They follow the books with each heartbeat, a few changed edges at
 * a time, so that neither a scrape of 6,000 edges nor a tick has much left to do at once.
 *
 * Counters of a new edge are exposed at 0 on one page before they count: a counter first seen at 5 has
 * increase() 0, and the alert stays silent.
 *
 * What the books brought along from before the start is not counted again: a counter that begins at what was counted
 * before would be counted twice by increase().
 */
export class EdgeMetrics implements MonitorListener {
  private readonly edges = new Map<EdgeName, EdgeSeries>();
  /** Not on a page yet, and on one page at 0. */
  private fresh: EdgeSeries[] = [];
  private exposed: EdgeSeries[] = [];

  constructor(
    private readonly metrics: MonitorMetrics,
    private readonly book: Pick<EdgeBook, 'takeChanged'>,
  ) {
    for (const [name, edge] of book.takeChanged()) this.open(name, edge).follow(edge);
  }

  received(): void {
    this.timePassed();
  }

  timePassed(): void {
    for (const [name, edge] of this.book.takeChanged()) this.seriesOf(name).follow(edge);
  }

  /** Brings every series up to date; call it before each page. */
  collect(): void {
    this.timePassed();
    for (const series of this.exposed) series.beginCounting();
    this.exposed = this.fresh;
    this.fresh = [];
  }

  private seriesOf(name: EdgeName): EdgeSeries {
    return this.edges.get(name) ?? this.open(name, noFigures(name));
  }

  private open(name: EdgeName, countedBefore: EdgeFigures): EdgeSeries {
    const made = new EdgeSeries(this.metrics, countedBefore);
    this.edges.set(name, made);
    this.fresh.push(made);
    return made;
  }
}

/** A counter of an edge. Most of them rarely change, and text that stays as it is need not be written. */
interface Counted {
  readonly series: Series | undefined;
  readonly totalOf: (edge: EdgeFigures) => number;
  shown: number;
}

/** Every series of one edge. */
class EdgeSeries {
  private readonly counters: readonly Counted[];
  private readonly inFlight: Series | undefined;
  private lastMessage: Series | undefined;
  private edge: EdgeFigures;
  private isCounting = false;

  constructor(
    private readonly metrics: MonitorMetrics,
    private readonly countedBefore: EdgeFigures,
  ) {
    this.edge = countedBefore;
    const names = edgeNames(countedBefore);
    const messages = metrics.interop_edge_messages_total;
    const mismatches = metrics.interop_edge_contract_mismatches_total;
    const counters: readonly (readonly [Series | undefined, (edge: EdgeFigures) => number])[] = [
      [messages.series({ ...names, outcome: 'delivered' }), ({ counts }) => counts.delivered],
      [messages.series({ ...names, outcome: 'duplicate' }), ({ counts }) => counts.duplicate],
      [messages.series({ ...names, outcome: 'late' }), ({ counts }) => counts.late],
      [messages.series({ ...names, outcome: 'failed' }), ({ counts }) => counts.failed],
      [messages.series({ ...names, outcome: 'dead_lettered' }), ({ counts }) => counts.deadLettered],
      [metrics.interop_edge_messages_lost_total.series(names), ({ lostTotal }) => lostTotal],
      [metrics.interop_edge_order_inversions_total.series(names), ({ counts }) => counts.inversions],
      [mismatches.series({ ...names, kind: 'unknown_type' }), ({ counts }) => counts.unknownType],
      [mismatches.series({ ...names, kind: 'unknown_version' }), ({ counts }) => counts.unknownVersion],
      [mismatches.series({ ...names, kind: 'invalid_data' }), ({ counts }) => counts.invalidData],
    ];
    this.counters = counters.map(([series, totalOf]) => ({ series, totalOf, shown: 0 }));
    this.inFlight = metrics.interop_edge_in_flight.series(names);
  }

  follow(edge: EdgeFigures): void {
    this.edge = edge;
    this.inFlight?.set(edge.inFlight);
    this.followLastMessage(edge);
    if (this.isCounting) this.count();
  }

  /** No series before the first message: a time of 0 would look like an edge that fell silent in 1970. */
  private followLastMessage(edge: EdgeFigures): void {
    if (edge.lastMessageAtMs === 0) return;
    this.lastMessage ??= this.metrics.interop_edge_last_message_timestamp_seconds.series(edgeNames(edge));
    this.lastMessage?.set(edge.lastMessageAtMs / 1_000);
  }

  beginCounting(): void {
    this.isCounting = true;
    this.count();
  }

  private count(): void {
    for (const counter of this.counters) {
      const total = counter.totalOf(this.edge) - counter.totalOf(this.countedBefore);
      if (total === counter.shown) continue;
      counter.shown = total;
      counter.series?.set(total);
    }
  }
}
