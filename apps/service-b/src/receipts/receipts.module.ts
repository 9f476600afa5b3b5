import { Global, Module } from '@nestjs/common';
import { EdgeAggregator } from '@latido/edge-accounting';
import type { LamportClock } from '@latido/lamport-clock';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import { sha256Hex } from '@latido/messaging/aws';
import type { PublisherSignal } from '@latido/messaging';
import type { Log } from '@latido/observability';
import { StopSequence } from '@latido/service-host';
import { createTracedPublisher } from '@latido/service-host/aws';
import { LOG } from '@latido/service-host/nest';
import { v7 as uuidv7 } from 'uuid';
import { TOPICS, type Topics } from '../infrastructure/infrastructure';
import { METRICS, type ServiceBMetrics } from '../telemetry/metrics';
import { ReceiptSender } from './receipt-sender';

/** Retries are bounded to some seconds; what is not out by then is repeated by the next delivery. */
const CLOSE_TIMEOUT_MS = 3_000;

/** Sends receipts to their topic. */
@Global()
@Module({
  providers: [
    {
      provide: ReceiptSender,
      inject: [TOPICS, LAMPORT_CLOCK, EdgeAggregator, METRICS, StopSequence, LOG],
      useFactory: createReceiptSender,
    },
  ],
  exports: [ReceiptSender],
})
export class ReceiptsModule {}

function createReceiptSender(
  { receipts }: Topics,
  clock: LamportClock,
  { produced }: EdgeAggregator,
  metrics: ServiceBMetrics,
  stop: StopSequence,
  log: Log,
): ReceiptSender {
  const publisher = createTracedPublisher('receipts', receipts, {
    observe: (signal) => logFailure(signal, log),
  });
  stop.register({
    phase: 'close_http',
    name: 'receipts',
    timeoutMs: CLOSE_TIMEOUT_MS,
    run: () => publisher.close(),
  });
  const published = { producer: 'service-b', topic: 'receipts', version: '1' } as const;
  return new ReceiptSender({
    publisher,
    clock,
    numbers: produced,
    now: Date.now,
    newId: uuidv7,
    sha256Hex,
    fifo: receipts.name.endsWith('.fifo'),
    onPublished: () => metrics.interop_messages_published_total.inc(published),
  });
}

function logFailure(signal: PublisherSignal, log: Log): void {
  if (signal.kind !== 'message_failed') return;
  const { code, detail } = signal;
  log.warn({ event: 'receipt_not_sent', code, detail }, 'a receipt was not taken; its event comes again');
}
