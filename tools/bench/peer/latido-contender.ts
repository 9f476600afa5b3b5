import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventCommitter, type LogRecord } from '@latido/event-commit';
import { DynamoDbClaimStore } from '@latido/idempotent-receiver/dynamodb';
import { openLamportClock } from '@latido/lamport-clock';
import { DynamoLimitStore } from '@latido/lamport-clock/dynamodb';
import type { BatchHandler } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { ConsumerModule } from '@latido/messaging/nest';
import { DynamoTable } from '@latido/persistence/dynamodb';
import { DynamoDbVersionStore } from '@latido/versioned-value/dynamodb';
import { boundedRetry, openLog } from '@latido/write-ahead-log';
import { DynamoDbSegmentStore, DynamoDbWriterStore } from '@latido/write-ahead-log/dynamodb';
import { processBatch } from '../../../apps/service-b/src/consumer/process-batch';
import { LogSlots } from '../../../apps/service-b/src/log/log-slots';
import { contracts } from '../sample-events';
import { BATCH, type Contender, type Place, POLLERS } from './contender';

const CLAIM_LIFE_MS = 46 * 24 * 60 * 60 * 1_000;

/**
 * The pipeline of service-b: envelope, contract and fingerprint checked, Lamport clock merged, every batch logged
 * before it is applied, claimed, applied. Without receipts, because the peer sends none.
 */
export async function latidoContender(place: Place): Promise<Contender> {
  const handle = await batchHandler(place);
  let app: INestApplicationContext | undefined;
  return {
    name: 'Latido (service-b)',
    place,
    start: async () => {
      app = await NestFactory.createApplicationContext(consumerModule(place, handle), { logger: ['error'] });
    },
    stop: async () => app?.close(),
  };
}

function consumerModule({ sqs: clients, queueUrl }: Place, handle: BatchHandler): new () => object {
  @Module({
    imports: [
      ConsumerModule.register({
        name: 'bench',
        pollers: POLLERS,
        useFactory: () => ({ clients, queueUrl, handle, batchSize: BATCH, waitSeconds: 1 }),
      }),
    ],
  })
  class BenchModule {}
  return BenchModule;
}

async function batchHandler({ dynamodb, names }: Place): Promise<BatchHandler> {
  const logTable = new DynamoTable(dynamodb, names.table('WriteAheadLog'), ['LogID']);
  const committer = new EventCommitter({
    claims: new DynamoDbClaimStore(new DynamoTable(dynamodb, names.table('IdempotencyTable'), ['RequestID'])),
    versions: new DynamoDbVersionStore(
      new DynamoTable(dynamodb, names.table('VersionedState'), ['ServiceID', 'VersionNumber']),
    ),
    now: Date.now,
    newToken: randomUUID,
    sha256Hex,
    lamportAfter: (clock) => clock + 1,
  });
  const logPorts = {
    segments: new DynamoDbSegmentStore<LogRecord>(logTable),
    writers: new DynamoDbWriterStore(logTable),
    now: Date.now,
    newToken: randomUUID,
    retry: boundedRetry({ delay, random: Math.random }),
  };
  const request = { service: 'service-b', claimLifeMs: CLAIM_LIFE_MS, redeliver: async () => undefined };
  const slots = new LogSlots({
    count: POLLERS,
    open: async () => (await openLog<LogRecord>(request, logPorts)).log,
  });
  await slots.openAll();
  const clock = await openLamportClock({ service: 'service-b', store: new DynamoLimitStore(logTable) });
  const ports = {
    contracts,
    sha256Hex,
    committer,
    merge: (lamport: number) => clock.merge(lamport),
    sendReceipts: async (receipts: readonly unknown[]) => receipts.map(() => true),
  };
  return (batch) =>
    slots.lend(async (log) => (await processBatch(batch, log, ports)).map(({ disposition }) => disposition));
}
