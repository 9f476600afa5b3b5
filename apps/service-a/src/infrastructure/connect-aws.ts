import { DynamoDbClaimStore } from '@latido/idempotent-receiver/dynamodb';
import { DynamoLimitStore } from '@latido/lamport-clock/dynamodb';
import { DeadLetters } from '@latido/messaging';
import { type FoundQueue, queueDepth, sha256Hex, SnsTopic, SqsQueue } from '@latido/messaging/aws';
import { DynamoTable } from '@latido/persistence/dynamodb';
import {
  closeAwsClients,
  createAwsClients,
  createTracedPublisher,
  dependenciesOf,
} from '@latido/service-host/aws';
import type { Dependency } from '@latido/service-host/nest';
import { DynamoDbOutboxStore } from '@latido/write-ahead-log/dynamodb';
import type { Decision } from '../commands/decision';
import type { ServiceASettings } from '../configuration';
import type { DeadLetterEdge } from '../dead-letters/dead-letter-desk';
import { connect, type ServiceAResources } from './aws-resources';
import type { Infrastructure, WatchedQueue } from './infrastructure';

/** A probe of readiness is given up sooner than a call that does work, and never repeated: the next one comes anyway. */
const PROBE_TIMEOUT_MS = 2_000;

/**
 * Connects to AWS, or to whatever the SDK's own variables point at.
 * @throws StartRefusedError that names all that is missing, each with the fix.
 */
export async function connectAws(settings: ServiceASettings): Promise<Infrastructure> {
  const aws = await connect(settings);
  const { dynamodb, sns, sqs, names, queues, topics } = aws;
  const log = new DynamoTable(dynamodb, names.table('WriteAheadLog'), ['LogID']);
  const claims = new DynamoTable(dynamodb, names.table('IdempotencyTable'), ['RequestID']);
  const probes = probesOf(settings, aws);
  return {
    claims: new DynamoDbClaimStore<Decision>(claims),
    limits: new DynamoLimitStore(log),
    outbox: new DynamoDbOutboxStore(log, { eventIndex: settings.eventIndex }),
    events: createTracedPublisher('state-events', new SnsTopic(sns, topics.events)),
    heartbeats: createTracedPublisher('heartbeats', new SnsTopic(sns, topics.heartbeats)),
    deadLetters: deadLetterEdges(aws),
    receipts: {
      clients: sqs,
      queueUrl: queues.receipts.url,
      deadLetterQueueUrl: queues.receiptsDeadLetters.url,
    },
    dependencies: probes.dependencies,
    queues: probes.queues,
    close: () => {
      closeAwsClients(aws);
      probes.close();
    },
  };
}

function deadLetterEdges({ sqs, queues }: ServiceAResources): readonly DeadLetterEdge[] {
  const letters = (deadLetters: FoundQueue, source: FoundQueue): DeadLetters =>
    new DeadLetters(
      { deadLetterQueue: new SqsQueue(sqs, deadLetters.url), sourceQueue: new SqsQueue(sqs, source.url) },
      sha256Hex,
    );
  return [
    {
      queue: 'service-b-events',
      letters: letters(queues.eventsDeadLetters, queues.events),
      isOwnEvents: true,
    },
    {
      queue: 'service-a-receipts',
      letters: letters(queues.receiptsDeadLetters, queues.receipts),
      isOwnEvents: false,
    },
  ];
}

/** Clients of their own, so that a probe neither waits behind the work nor repeats itself for ten seconds. */
function probesOf(
  { awsRegion }: ServiceASettings,
  { names, queues, topics }: ServiceAResources,
): { readonly dependencies: readonly Dependency[]; readonly queues: readonly WatchedQueue[]; close(): void } {
  const clients = createAwsClients(awsRegion, { requestTimeoutMs: PROBE_TIMEOUT_MS, maxAttempts: 1 });
  const depth =
    ({ url }: FoundQueue) =>
    async () =>
      queueDepth(clients.sqs.commands, url);
  return {
    dependencies: dependenciesOf(clients, {
      logTable: names.table('WriteAheadLog'),
      queueUrl: queues.receipts.url,
      topicArn: topics.events,
    }),
    queues: [
      { queue: 'service-a-receipts', isDeadLetterQueue: false, depth: depth(queues.receipts) },
      { queue: 'service-a-receipts', isDeadLetterQueue: true, depth: depth(queues.receiptsDeadLetters) },
    ],
    close: () => closeAwsClients(clients),
  };
}
