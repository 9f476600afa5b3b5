import { Inject, Injectable } from '@nestjs/common';
import { EdgeAggregator } from '@latido/edge-accounting';
import type { LamportClock } from '@latido/lamport-clock';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import {
  ContractRegistry,
  type DeadLetterDisposition,
  type Disposition,
  RECEIPT_V1,
  type ReceivedMessage,
} from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { currentSampledTraceId, inSpanOf, type Log } from '@latido/observability';
import { LOG } from '@latido/service-host/nest';
import { queueOf, topology } from '@latido/topology';
import type { Outbox } from '@latido/write-ahead-log';
import { OUTBOX } from '@latido/write-ahead-log/nest';
import {
  METRICS,
  RECEIPTS_EDGE,
  RECEIPTS_QUEUE,
  type ServiceMetrics,
  WORKFLOW,
} from '../telemetry/service-metrics';
import { type HandledReceipt, handleReceipts, requireSomeHandled } from './handle-receipts';
import { KnownVersions } from './known-versions';
import { consumptionOf } from './receipt-consumption';

const { maxReceiveCount } = queueOf(topology, RECEIPTS_QUEUE).deadLetter;

/** Takes batches of receipts from the queue to the outbox, and tells metrics, books and log of each. */
@Injectable()
export class ReceiptsConsumer {
  private readonly contracts = new ContractRegistry([RECEIPT_V1]);
  /** What the books are told when the dead letter has arrived, not before. */
  private readonly burials = new WeakMap<ReceivedMessage, () => void>();

  constructor(
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(LAMPORT_CLOCK) private readonly clock: LamportClock,
    @Inject(EdgeAggregator) private readonly edges: EdgeAggregator,
    @Inject(KnownVersions) private readonly known: KnownVersions,
    @Inject(METRICS) private readonly metrics: ServiceMetrics,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async handle(batch: readonly ReceivedMessage[]): Promise<readonly Disposition[]> {
    const arrivedAtMs = Date.now();
    const { contracts, clock, outbox } = this;
    const ports = { contracts, clock, outbox, sha256Hex, maxReceiveCount };
    const handled = await handleReceipts(batch, ports);
    for (const each of handled) inSpanOf(each.message, () => this.account(each, arrivedAtMs));
    requireSomeHandled(handled);
    return handled.map(({ disposition }) => disposition);
  }

  /** Call it when a dead letter has arrived. */
  afterDeadLetter(message: ReceivedMessage, { reason }: DeadLetterDisposition): void {
    this.metrics.interop_dead_letters_total.inc({ queue: RECEIPTS_QUEUE, reason });
    this.burials.get(message)?.();
  }

  private account(handled: HandledReceipt, arrivedAtMs: number): void {
    if (handled.disposition.kind === 'deadLetter')
      this.burials.set(handled.message, () => this.accountEdge(handled, arrivedAtMs));
    else this.accountEdge(handled, arrivedAtMs);
    if (handled.settled !== undefined) this.accountSettlement(handled.settled);
  }

  private accountEdge(handled: HandledReceipt, arrivedAtMs: number): void {
    const consumption = consumptionOf(handled, arrivedAtMs);
    if (consumption === undefined) return;
    this.edges.consumed.record(consumption);
    if (consumption.outcome !== 'delivered') return;
    const { latencyMs = 0 } = consumption;
    const { interop_edge_delivery_seconds: delivery, interop_edge_processing_seconds: processing } =
      this.metrics;
    const traceId = currentSampledTraceId();
    delivery.observe(RECEIPTS_EDGE, latencyMs / 1_000, traceId);
    processing.observe(RECEIPTS_EDGE, (Date.now() - arrivedAtMs) / 1_000, traceId);
  }

  private accountSettlement({ receipt, settlement }: NonNullable<HandledReceipt['settled']>): void {
    const { id, result } = receipt;
    if (settlement.outcome === 'settled') {
      const { status, subject, version } = settlement.entry;
      if (version !== undefined) this.known.note(subject, version);
      this.metrics.interop_events_settled_total.inc({ ...WORKFLOW, outcome: result });
      this.log.info({ event: 'event_settled', event_id: id, status, version }, `event ${status}`);
    } else if (settlement.outcome === 'ignored' && settlement.why === 'other_fingerprint')
      this.log.warn(
        { event: 'receipt_ignored', event_id: id, why: settlement.why },
        'a receipt speaks of another event with this id',
      );
    else
      this.log.debug({ event: 'receipt_ignored', event_id: id, why: settlement.outcome }, 'settles nothing');
  }
}
