import { DynamoDbClaimStore } from '@latido/idempotent-receiver/dynamodb';
import { DynamoLimitStore } from '@latido/lamport-clock/dynamodb';
import { DeadLetters } from '@latido/messaging';
import {
  createPublisher,
  createSnsClient,
  createSqsClients,
  lookUpTopic,
  queueDepth,
  sha256Hex,
  SnsTopic,
  type SqsClients,
  SqsQueue,
} from '@latido/messaging/aws';
import { createDynamoDbClient, DynamoTable } from '@latido/persistence/dynamodb';
import type { Dependency } from '@latido/service-host/nest';
import { resourceNames } from '@latido/topology';
import { DynamoDbOutboxStore } from '@latido/write-ahead-log/dynamodb';
import type { Decision } from '../commands/decision';
import type { ServiceASettings } from '../configuration';
import type { DeadLetterEdge } from '../dead-letters/dead-letter-desk';
import { findResources, type Resources } from './find-resources';
import type { Infrastructure, WatchedQueue } from './infrastructure';

/** A probe of readiness is given up sooner than a call that does work, and never repeated: the next one comes anyway. */
const PROBE_TIMEOUT_MS = 2_000;

/**
 * Connects to AWS, or to whatever the SDK's own variables point at.
 * @throws StartRefusedError that names all that is missing, each with the fix.
 */
export async function connectAws(settings: ServiceASettings): Promise<Infrastructure> {
  const region = settings.awsRegion;
  const dynamodb = createDynamoDbClient({}, { region });
  const sns = createSnsClient({ region });
  const sqs = createSqsClients({ region });
  const names = resourceNames({
    region,
    accountId: settings.awsAccountId,
    ...(settings.resourcePrefix !== undefined && { prefix: settings.resourcePrefix }),
  });
  const resources = await findResources({ dynamodb, sns, sqs: sqs.commands }, names, settings);
  const log = new DynamoTable(dynamodb, names.table('WriteAheadLog'), ['LogID']);
  const claims = new DynamoTable(dynamodb, names.table('IdempotencyTable'), ['RequestID']);
  const probes = probesOf(settings, names.table('WriteAheadLog'), resources);
  return {
    claims: new DynamoDbClaimStore<Decision>(claims),
    limits: new DynamoLimitStore(log),
    outbox: new DynamoDbOutboxStore(log, { eventIndex: settings.eventIndex }),
    events: createPublisher(new SnsTopic(sns, resources.eventsTopicArn)),
    heartbeats: createPublisher(new SnsTopic(sns, resources.heartbeatsTopicArn)),
    deadLetters: deadLetterEdges(sqs, resources),
    receipts: {
      clients: sqs,
      queueUrl: resources.receiptsQueueUrl,
      deadLetterQueueUrl: resources.receiptsDeadLetterQueueUrl,
    },
    dependencies: probes.dependencies,
    queues: probes.queues,
    close: () => {
      for (const client of [dynamodb, sns, sqs.commands, sqs.polls]) client.destroy();
      probes.close();
    },
  };
}

function deadLetterEdges(sqs: SqsClients, resources: Resources): readonly DeadLetterEdge[] {
  const letters = (deadLetterQueueUrl: string, sourceQueueUrl: string): DeadLetters =>
    new DeadLetters(
      {
        deadLetterQueue: new SqsQueue(sqs, deadLetterQueueUrl),
        sourceQueue: new SqsQueue(sqs, sourceQueueUrl),
      },
      sha256Hex,
    );
  return [
    {
      queue: 'service-b-events',
      letters: letters(resources.eventsDeadLetterQueueUrl, resources.eventsQueueUrl),
      isOwnEvents: true,
    },
    {
      queue: 'service-a-receipts',
      letters: letters(resources.receiptsDeadLetterQueueUrl, resources.receiptsQueueUrl),
      isOwnEvents: false,
    },
  ];
}

/** Clients of their own, so that a probe neither waits behind the work nor repeats itself for ten seconds. */
function probesOf(
  { awsRegion: region }: ServiceASettings,
  logTable: string,
  resources: Resources,
): { readonly dependencies: readonly Dependency[]; readonly queues: readonly WatchedQueue[]; close(): void } {
  const limits = { requestTimeoutMs: PROBE_TIMEOUT_MS, maxAttempts: 1 };
  const dynamodb = createDynamoDbClient(limits, { region });
  const sns = createSnsClient({ ...limits, region });
  const sqs = createSqsClients({ ...limits, region });
  const table = new DynamoTable(dynamodb, logTable, ['LogID']);
  const { receiptsQueueUrl, receiptsDeadLetterQueueUrl, eventsTopicArn } = resources;
  const depth = (url: string) => async () => queueDepth(sqs.commands, url);
  return {
    dependencies: [
      { name: 'dynamodb', probe: async () => table.get({ LogID: 'lamport#service-a' }, 'eventual') },
      { name: 'sns', probe: async () => topicAnswers(sns, eventsTopicArn) },
      { name: 'sqs', probe: depth(receiptsQueueUrl) },
    ],
    queues: [
      { queue: 'service-a-receipts', isDeadLetterQueue: false, depth: depth(receiptsQueueUrl) },
      { queue: 'service-a-receipts', isDeadLetterQueue: true, depth: depth(receiptsDeadLetterQueueUrl) },
    ],
    close: () => {
      for (const client of [dynamodb, sns, sqs.commands, sqs.polls]) client.destroy();
    },
  };
}

async function topicAnswers(sns: ReturnType<typeof createSnsClient>, arn: string): Promise<void> {
  const found = await lookUpTopic(sns, arn);
  if (found.outcome === 'missing') throw found.error;
}
