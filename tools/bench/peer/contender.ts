import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '@latido/persistence/dynamodb';
import { createSqsClients, lookUpQueue, type SqsClients } from '@latido/messaging/aws';
import { connectEmbeddedAws, seedUnderUniquePrefix } from '@latido/testing';
import type { ResourceNames } from '@latido/topology';
import { RequestCounter } from '../request-counter';
import { DeliveryWatch } from './delivery-watch';

/** Pollers of each contender, and messages a poll asks for. */
export const POLLERS = 4;
export const BATCH = 10;

/** A consumer under test. */
export interface Contender {
  readonly name: string;
  readonly place: Place;
  /** Consumes the queue of its place from `start` to `stop`. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A queue and tables of its own, with clients that both contenders make alike. */
export interface Place {
  readonly names: ResourceNames;
  readonly queueUrl: string;
  readonly sqs: SqsClients;
  readonly dynamodb: DynamoDBClient;
  readonly watch: DeliveryWatch;
  /** Calls to DynamoDB. */
  readonly calls: RequestCounter;
  /** Versions in its table: each event must have made exactly one. */
  countVersions(): Promise<number>;
  close(): void;
}

/** Makes a place on the embedded AWS that the environment names. */
export async function makePlace(): Promise<Place> {
  const aws = connectEmbeddedAws();
  const names = await seedUnderUniquePrefix(aws);
  aws.close();
  const [sqs, dynamodb, watch] = [createSqsClients(), createDynamoDbClient(), new DeliveryWatch()];
  const queue = await lookUpQueue(sqs.commands, names.queue('service-b-events'));
  if (queue.outcome === 'missing') throw queue.error;
  for (const client of [sqs.commands, sqs.polls]) watch.attach(client);
  const calls = new RequestCounter();
  calls.attachDynamoDb(dynamodb);
  return {
    names,
    queueUrl: queue.value.url,
    sqs,
    dynamodb,
    watch,
    calls,
    countVersions: () => countItems(dynamodb, names.table('VersionedState')),
    close: () => {
      for (const client of [sqs.commands, sqs.polls, dynamodb]) client.destroy();
    },
  };
}

async function countItems(client: DynamoDBClient, TableName: string): Promise<number> {
  let count = 0;
  let ExclusiveStartKey: ScanStart;
  do {
    const page = await client.send(new ScanCommand({ TableName, Select: 'COUNT', ExclusiveStartKey }));
    count += page.Count ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return count;
}

type ScanStart = ConstructorParameters<typeof ScanCommand>[0]['ExclusiveStartKey'];
