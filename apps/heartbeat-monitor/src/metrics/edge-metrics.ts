import type { EdgeBook, EdgeTotals } from '@latido/edge-accounting';
import { edgeNames } from '../api/edge-view';
import { LiveGauge } from './live-gauge';
import type { MonitorMetrics } from './monitor-metrics';
import { TotalCounter } from './total-counter';

/** Reads the edge books for each scrape. */
export class EdgeMetrics {
  private readonly messages;
  private readonly lost;
  private readonly inversions;
  private readonly inFlight;
  private readonly lastMessage;

  constructor(
    metrics: MonitorMetrics,
    private readonly book: Pick<EdgeBook, 'edges'>,
  ) {
    this.messages = new TotalCounter(metrics.interop_edge_messages_total);
    this.lost = new TotalCounter(metrics.interop_edge_messages_lost_total);
    this.inversions = new TotalCounter(metrics.interop_edge_order_inversions_total);
    this.inFlight = new LiveGauge(metrics.interop_edge_in_flight);
    this.lastMessage = new LiveGauge(metrics.interop_edge_last_message_timestamp_seconds);
  }

  /** Brings every series up to date; call it before each page. */
  collect(): void {
    for (const edge of this.book.edges()) this.collectEdge(edge);
  }

  private collectEdge(edge: EdgeTotals): void {
    const labels = edgeNames(edge);
    const { delivered, duplicate, late, failed, deadLettered } = edge.counts;
    this.messages.set({ ...labels, outcome: 'delivered' }, delivered);
    this.messages.set({ ...labels, outcome: 'duplicate' }, duplicate);
    this.messages.set({ ...labels, outcome: 'late' }, late);
    this.messages.set({ ...labels, outcome: 'failed' }, failed);
    this.messages.set({ ...labels, outcome: 'dead_lettered' }, deadLettered);
    this.lost.set(labels, edge.lostTotal);
    this.inversions.set(labels, edge.counts.inversions);
    this.inFlight.set(labels, edge.inFlight);
    this.lastMessage.set(labels, edge.lastMessageAtMs / 1_000);
  }
}
