import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
import {
  createSnsClient,
  createSqsClients,
  type LookUp,
  lookUpQueue,
  lookUpTopic,
  type SqsClients,
} from '@latido/messaging/aws';
import { checkTables, createDynamoDbClient } from '@latido/persistence/dynamodb';
import { type StartProblem, StartRefusedError } from '@latido/service-host';
import { type ResourceNames, resourceNames, topology } from '@latido/topology';
import type { ServiceBSettings } from '../configuration';
import { EVENTS_QUEUE } from './infrastructure';

interface AwsClients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SqsClients;
  readonly sns: SNSClient;
}

interface Addresses {
  readonly eventsUrl: string;
  readonly deadLettersUrl: string;
  readonly receiptsArn: string;
  readonly heartbeatsArn: string;
}

/** Clients, and the addresses of what was found with them. */
export interface AwsResources extends AwsClients, Addresses {
  readonly names: ResourceNames;
}

/**
 * Connects to AWS and looks whether everything is there.
 *
 * @throws StartRefusedError with one problem for each table, queue and topic that is missing or may not be used.
 */
export async function connectAws(settings: ServiceBSettings): Promise<AwsResources> {
  const { resourcePrefix: prefix, awsRegion: region, awsAccountId: accountId } = settings;
  const names = resourceNames({ region, accountId, ...(prefix !== undefined && { prefix }) });
  const clients = {
    dynamodb: createDynamoDbClient({}, { region }),
    sqs: createSqsClients({ region }),
    sns: createSnsClient({ region }),
  };
  try {
    return { names, ...clients, ...(await findResources(clients, names, settings)) };
  } catch (error) {
    disconnectAws(clients);
    throw error;
  }
}

/** Closes every connection. */
export function disconnectAws({ dynamodb, sqs, sns }: AwsClients): void {
  for (const client of [dynamodb, sns, sqs.commands, sqs.polls]) client.destroy();
}

async function findResources(
  { dynamodb, sqs, sns }: AwsClients,
  names: ResourceNames,
  settings: ServiceBSettings,
): Promise<Addresses> {
  const ordering = { fifo: settings.eventOrdering === 'fifo' };
  const tableNames = topology.tables.map(({ name }) => names.table(name));
  const [tables, events, deadLetters, receipts, heartbeats] = await Promise.all([
    checkTables(dynamodb, tableNames),
    lookUpQueue(sqs.commands, names.queue(EVENTS_QUEUE, ordering)),
    lookUpQueue(sqs.commands, names.deadLetterQueue(EVENTS_QUEUE, ordering)),
    lookUpTopic(sns, names.topicArn('receipts', ordering)),
    lookUpTopic(sns, names.topicArn('heartbeats')),
  ]);
  const problems = [...tables, ...[events, deadLetters, receipts, heartbeats].flatMap(problemOf)];
  if (problems.length > 0) throw new StartRefusedError(problems.map(startProblem));
  return {
    eventsUrl: found(events),
    deadLettersUrl: found(deadLetters),
    receiptsArn: found(receipts),
    heartbeatsArn: found(heartbeats),
  };
}

function problemOf(lookUp: LookUp<string>): readonly string[] {
  return lookUp.outcome === 'missing' ? [lookUp.error.message] : [];
}

function found(lookUp: LookUp<string>): string {
  return lookUp.outcome === 'found' ? lookUp.value : '';
}

/** What is wrong and how to mend it, as our errors say it: `<what>; <fix>`. */
function startProblem(message: string): StartProblem {
  const end = message.lastIndexOf('; ');
  return { problem: message.slice(0, end), fix: message.slice(end + 2) };
}
