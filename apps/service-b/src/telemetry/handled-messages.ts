import type { EdgeAggregator } from '@latido/edge-accounting';
import { currentSampledTraceId } from '@latido/observability';
import type { HandledMessage } from '../consumer/event-consumer';
import { EVENTS_QUEUE } from '../infrastructure/infrastructure';
import { consumptionOf, EVENTS_TOPIC } from './books';
import { INCOMING, type ServiceBMetrics } from './metrics';

/** Producers outside of the topology share one label: a stranger must not be able to make series. */
const FOREIGN_PRODUCER = 'foreign';

/** Counts every message that was handled, in the metrics of this process and in the books of its edges. */
export class HandledMessages {
  constructor(
    private readonly metrics: ServiceBMetrics,
    private readonly edges: Pick<EdgeAggregator, 'consumed'>,
    private readonly now: () => number,
  ) {}

  note(handled: HandledMessage): void {
    const nowMs = this.now();
    const { outcome, disposition } = handled.processed;
    if (outcome) this.metrics.interop_commits_total.inc({ outcome: outcome.kind });
    if (handled.result === 'dead_lettered' && disposition.kind === 'deadLetter')
      this.metrics.interop_dead_letters_total.inc({ queue: EVENTS_QUEUE, reason: disposition.reason });
    const consumption = consumptionOf(handled, nowMs);
    if (!consumption) return;
    this.edges.consumed.record(consumption);
    // A copy comes as late as its producer repeats itself; what it is a copy of was in time.
    if (consumption.outcome === 'delivered') this.time(handled, { source: consumption.source, nowMs });
  }

  private time({ processed, arrivedAtMs }: HandledMessage, at: { source: string; nowMs: number }): void {
    const { understood } = processed;
    if (understood.kind === 'unreadable') return;
    const edge = { producer: producerOf(at.source), consumer: 'service-b', topic: EVENTS_TOPIC };
    const traceId = currentSampledTraceId();
    const deliveryMs = Math.max(0, arrivedAtMs - Date.parse(understood.envelope.time));
    this.metrics.interop_edge_delivery_seconds.observe(edge, deliveryMs / 1_000, traceId);
    this.metrics.interop_edge_processing_seconds.observe(edge, (at.nowMs - arrivedAtMs) / 1_000, traceId);
  }
}

function producerOf(source: string): string {
  return INCOMING.find(({ producer }) => source === `/${producer}`)?.producer ?? FOREIGN_PRODUCER;
}
