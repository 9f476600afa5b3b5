import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { Message } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { EventEnvelope } from '@latido/messaging';
import { Consumer } from 'sqs-consumer';
import { BATCH, type Contender, type Place, POLLERS } from './contender';

/** As long as Latido keeps its claims. */
const EXPIRES_AFTER_SECONDS = 46 * 24 * 60 * 60;

const VISIBILITY_SECONDS = 30;
const STOPS_WITHIN_MS = 10_000;

type LambdaContext = Parameters<IdempotencyConfig['registerLambdaContext']>[0];

/**
 * What one would build from well-known parts: sqs-consumer receives, powertools makes the handler idempotent by
 * the event's id, and a conditional put writes the next version, from the current one.
 *
 * It gets every help its parts offer: batches deleted in one call, a batch handled in parallel, as many pollers as
 * the other side, keep-alive connections, the cache of known results, and no payload check, no contract, no log.
 */
export function peerContender(place: Place): Contender {
  const { sqs, queueUrl, dynamodb, names } = place;
  const states = DynamoDBDocumentClient.from(dynamodb);
  const config = new IdempotencyConfig({
    eventKeyJmesPath: 'id',
    expiresAfterSeconds: EXPIRES_AFTER_SECONDS,
    useLocalCache: true,
    maxLocalCacheSize: 50_000,
  });
  // Outside Lambda nobody else says when a claim that was never finished may be taken over, and it would warn each time.
  config.registerLambdaContext({
    getRemainingTimeInMillis: () => VISIBILITY_SECONDS * 1_000,
  } as LambdaContext);
  const handleOnce = makeIdempotent((event: EventEnvelope) => putNextVersion(event, { states, names }), {
    persistenceStore: new DynamoDBPersistenceLayer({
      tableName: names.table('IdempotencyTable'),
      keyAttr: 'RequestID',
      awsSdkV3Client: dynamodb,
    }),
    config,
  });
  const handleBatch = async (messages: Message[]): Promise<void> => {
    await Promise.all(messages.map(({ Body = '' }) => handleOnce(JSON.parse(Body) as EventEnvelope)));
  };
  let consumers: readonly Consumer[] = [];
  return {
    name: 'sqs-consumer + powertools',
    place,
    start: async () => {
      consumers = Array.from({ length: POLLERS }, () =>
        Consumer.create({
          queueUrl,
          sqs: sqs.polls,
          batchSize: BATCH,
          visibilityTimeout: VISIBILITY_SECONDS,
          waitTimeSeconds: 1,
          pollingCompleteWaitTimeMs: STOPS_WITHIN_MS,
          alwaysAcknowledge: true,
          handleMessageBatch: handleBatch,
        }),
      );
      for (const consumer of consumers) {
        consumer.on('error', (error) => process.stderr.write(`peer: ${error.message}\n`));
        consumer.start();
      }
    },
    stop: async () => {
      await Promise.all(consumers.map(stopped));
    },
  };
}

/** Reads the head and puts the version after it; again from the head when somebody else was faster. */
async function putNextVersion(
  { id, subject, data }: EventEnvelope,
  { states, names }: { readonly states: DynamoDBDocumentClient } & Pick<Place, 'names'>,
): Promise<number> {
  const TableName = names.table('VersionedState');
  for (;;) {
    const head = await states.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'ServiceID = :subject',
        ExpressionAttributeValues: { ':subject': subject },
        ScanIndexForward: false,
        Limit: 1,
        ConsistentRead: true,
      }),
    );
    const VersionNumber = Number(head.Items?.[0]?.['VersionNumber'] ?? 0) + 1;
    const { value } = data as { readonly value: unknown };
    try {
      const Item = { ServiceID: subject, VersionNumber, RequestID: id, Value: value, WrittenAt: Date.now() };
      await states.send(
        new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(ServiceID)' }),
      );
      return VersionNumber;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

/** Told to wait, the library says `stopped` when the last poll has ended. */
async function stopped(consumer: Consumer): Promise<void> {
  const ended = new Promise((resolve) => consumer.once('stopped', resolve));
  consumer.stop({ abort: false });
  await ended;
}
