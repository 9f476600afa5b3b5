import { Module } from '@nestjs/common';
import { EventCommitter } from '@latido/event-commit';
import type { LamportClock } from '@latido/lamport-clock';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import { ContractRegistry, type ReceivedMessage, STATE_CHANGED_V1 } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { currentTraceparent, inSpanOf, type Log } from '@latido/observability';
import { LOG } from '@latido/service-host/nest';
import { queueOf, topology } from '@latido/topology';
import { EVENTS_QUEUE } from '../infrastructure/infrastructure';
import { LogKeeping } from '../log/log-keeping';
import { ReceiptSender } from '../receipts/receipt-sender';
import type { Receipt } from '../receipts/receipt';
import { HandledMessages } from '../telemetry/handled-messages';
import { METRICS, type ServiceBMetrics } from '../telemetry/metrics';
import { EventConsumer } from './event-consumer';
import { exceptWornOut } from './except-worn-out';
import { logHandled } from './log-handled';
import type { MergeLamport } from './merge-lamport';
import { type BatchPorts, processBatch } from './process-batch';
import { understand, type Understood } from './understand';

const { deadLetter: queue } = queueOf(topology, EVENTS_QUEUE);

/** What happens to a batch of events, whoever receives it. */
@Module({
  providers: [
    {
      provide: EventConsumer,
      inject: [EventCommitter, LogKeeping, ReceiptSender, LAMPORT_CLOCK, HandledMessages, METRICS, LOG],
      useFactory: createEventConsumer,
    },
  ],
  exports: [EventConsumer],
})
export class EventsModule {}

function createEventConsumer(
  committer: EventCommitter,
  keeping: LogKeeping,
  receipts: ReceiptSender,
  clock: LamportClock,
  handled: HandledMessages,
  metrics: ServiceBMetrics,
  log: Log,
): EventConsumer {
  const sendReceipts = (batch: readonly Receipt[]): Promise<readonly boolean[]> => receipts.send(batch);
  const contracts = new ContractRegistry([STATE_CHANGED_V1]);
  const ports: BatchPorts = {
    committer,
    contracts,
    sha256Hex,
    sendReceipts,
    merge: counted(clock, metrics),
    traceOf: (message) => inSpanOf(message, currentTraceparent),
  };
  const read = (message: ReceivedMessage): Understood => understand(message, ports);
  return new EventConsumer({
    slots: keeping.pollers,
    process: (batch, log) =>
      exceptWornOut(batch, {
        ...queue,
        understand: read,
        process: (tried) => processBatch(tried, log, ports),
      }),
    sendReceipts,
    understand: read,
    observe: (message) =>
      inSpanOf(message.processed.message, () => {
        handled.note(message);
        logHandled(message, log);
      }),
    now: Date.now,
  });
}

function counted(clock: LamportClock, metrics: ServiceBMetrics): MergeLamport {
  return async (remote) => {
    const merged = await clock.merge(remote);
    if (merged.flagged) metrics.interop_lamport_clamped_total.inc({ service: 'service-b' });
    return merged;
  };
}
