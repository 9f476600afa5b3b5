import { randomUUID } from 'node:crypto';
import { DynamoDbClaimStore } from '@latido/idempotent-receiver/dynamodb';
import { IdempotentReceiver } from '@latido/idempotent-receiver';
import { openLamportClock } from '@latido/lamport-clock';
import { DynamoLimitStore } from '@latido/lamport-clock/dynamodb';
import {
  type BatchHandler,
  type EventEnvelope,
  eventMessage,
  fingerprintOf,
  QueueConsumer,
  type ReceiptData,
  serializeEnvelope,
} from '@latido/messaging';
import {
  createPublisher,
  createSnsClient,
  createSqsClients,
  lookUpQueue,
  sha256Hex,
  SnsTopic,
  SqsQueue,
  systemPorts,
} from '@latido/messaging/aws';
import { type EventIndex, Outbox } from '@latido/write-ahead-log';
import { DynamoDbOutboxStore } from '@latido/write-ahead-log/dynamodb';
import type { QueueName, TopicName } from '@latido/topology';
import { v7 } from 'uuid';
import { processBatch } from '../../../apps/service-b/src/consumer/process-batch';
import { ReceiptSender } from '../../../apps/service-b/src/receipts/receipt-sender';
import { RequestCounter } from '../request-counter';
import { contracts, SAMPLE_TIME_MS, sampleEnvelope } from '../sample-events';
import { startCommitProcess } from './commit-process';
import type { Cost } from './cost';
import type { MeteredTables } from './metered-tables';

/** What events cost from the command to the settled outbox entry, with the requests to SNS and SQS by who makes them. */
export interface EndToEndCost {
  readonly total: Cost;
  readonly senderRequests: number;
  readonly consumerRequests: number;
}

export interface EndToEndOptions {
  /** What the status index lists. */
  readonly eventIndex: EventIndex;
  /** Whether each command brings an Idempotency-Key. */
  readonly withKey: boolean;
}

const EVENTS = 10;
const ENTRY_LIFE_MS = 47 * 24 * 60 * 60 * 1_000;

/**
 * Ten events on warm subjects, all the way:
 *
 *     command ─▶ key? ─▶ outbox ─▶ SNS ─▶ SQS ─▶ commit ─▶ receipt ─▶ SNS ─▶ SQS ─▶ outbox settled
 *     '------------ sender -----------'   '------- consumer -------'         '----- sender ------'
 */
export async function endToEnd(tables: MeteredTables, options: EndToEndOptions): Promise<EndToEndCost> {
  const sender = await startSender(tables, options);
  const consumer = await startConsumer(tables);
  const subjects = Array.from({ length: EVENTS }, (_, i) => `cart-${options.eventIndex}-${i}`);
  const round = async (): Promise<void> => {
    await sender.send(subjects);
    await consumer.work();
    await sender.settle();
  };
  try {
    await round();
    sender.requests.take();
    consumer.requests.take();
    const total = await tables.measure({ events: EVENTS, batches: 1 }, round);
    return { total, senderRequests: sender.requests.take(), consumerRequests: consumer.requests.take() };
  } finally {
    sender.close();
    consumer.close();
  }
}

async function startSender(tables: MeteredTables, { eventIndex, withKey }: EndToEndOptions) {
  const channel = await openChannel(tables, { topic: 'state-events', queue: 'service-a-receipts' });
  const clock = await lamportClock(tables, 'service-a');
  const keys = new IdempotentReceiver({
    store: new DynamoDbClaimStore<{ readonly id: string; readonly lamport: number }>(
      tables.table('IdempotencyTable'),
    ),
    now: () => SAMPLE_TIME_MS,
    newToken: randomUUID,
  });
  const store = new DynamoDbOutboxStore(tables.table('WriteAheadLog'), { eventIndex });
  const outbox = new Outbox(
    { store, now: () => SAMPLE_TIME_MS },
    { entryLifeMs: ENTRY_LIFE_MS, overdueAfterMs: 60_000 },
  );
  const accept = async (envelope: EventEnvelope): Promise<void> => {
    const fingerprint = fingerprintOf(envelope, sha256Hex);
    const { id, subject, lamport } = envelope;
    if (withKey)
      await keys.receive({ requestId: `http#${id}`, fingerprint, decide: () => ({ id, lamport }) });
    const message = serializeEnvelope(envelope);
    await outbox.accept({ id, service: 'service-a', subject, topic: 'state-events', message, fingerprint });
  };
  return {
    ...channel,
    send: async (subjects: readonly string[]) => {
      const lamport = await clock.tick();
      const envelopes = subjects.map((subject) => ({ ...sampleEnvelope(subject), lamport }));
      await Promise.all(envelopes.map(accept));
      await channel.publisher.publish(envelopes.map((one) => eventMessage(one, { fifo: false, sha256Hex })));
    },
    settle: async () =>
      channel.consume(async (batch) => {
        await Promise.all(batch.map(async ({ body }) => outbox.settle(receiptIn(body))));
        return batch.map(() => ({ kind: 'acknowledge' }));
      }),
  };
}

async function startConsumer(tables: MeteredTables) {
  const channel = await openChannel(tables, { topic: 'receipts', queue: 'service-b-events' });
  const clock = await lamportClock(tables, 'service-b');
  const { committer, log } = await startCommitProcess(tables);
  let sequence = 0;
  const receipts = new ReceiptSender({
    publisher: channel.publisher,
    clock,
    numbers: { assign: () => (sequence += 1), published: () => undefined, voided: () => undefined },
    now: () => SAMPLE_TIME_MS,
    newId: () => v7({ msecs: SAMPLE_TIME_MS }),
    sha256Hex,
    fifo: false,
  });
  const ports = {
    contracts,
    sha256Hex,
    committer,
    merge: (lamport: number) => clock.merge(lamport),
    sendReceipts: (told: Parameters<ReceiptSender['send']>[0]) => receipts.send(told),
  };
  return {
    ...channel,
    work: async () =>
      channel.consume(async (batch) =>
        (await processBatch(batch, log, ports)).map(({ disposition }) => disposition),
      ),
  };
}

/** Where a service publishes and what it consumes, with its requests counted. */
async function openChannel(
  { names }: MeteredTables,
  { topic, queue }: { readonly topic: TopicName; readonly queue: QueueName },
) {
  const [sns, sqs, requests] = [createSnsClient(), createSqsClients(), new RequestCounter()];
  const found = await lookUpQueue(sqs.commands, names.queue(queue));
  if (found.outcome === 'missing') throw found.error;
  requests.attachSns(sns);
  for (const client of [sqs.commands, sqs.polls]) requests.attachSqs(client);
  const publisher = createPublisher(new SnsTopic(sns, names.topicArn(topic)));
  const consume = async (handle: BatchHandler): Promise<void> => {
    const consumer = new QueueConsumer({ queue: new SqsQueue(sqs, found.value.url), handle, ...systemPorts });
    const poll = await consumer.pollOnce();
    if (poll.kind !== 'polled' || poll.acknowledged !== EVENTS)
      throw new Error(`${queue}: expected ${EVENTS} acknowledged messages, got ${JSON.stringify(poll)}`);
  };
  const close = (): void => {
    for (const client of [sns, sqs.commands, sqs.polls]) client.destroy();
  };
  return { publisher, consume, requests, close };
}

function lamportClock(tables: MeteredTables, service: string): ReturnType<typeof openLamportClock> {
  return openLamportClock({ service, store: new DynamoLimitStore(tables.table('WriteAheadLog')) });
}

/** The receipt in a message, as the outbox takes it. */
function receiptIn(body: string): Parameters<Outbox['settle']>[0] {
  const {
    requestId: id,
    fingerprint,
    version = 0,
  } = (JSON.parse(body) as { readonly data: ReceiptData }).data;
  return { id, fingerprint, result: 'complete', version };
}
