import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { type LookUp, lookUpQueue, lookUpTopic } from '@latido/messaging/aws';
import { checkTables } from '@latido/persistence/dynamodb';
import { type StartProblem, StartRefusedError } from '@latido/service-host';
import type { ResourceNames } from '@latido/topology';
import type { ServiceASettings } from '../configuration';

/** Addresses of what service-a uses, all of it known to exist. */
export interface Resources {
  readonly eventsTopicArn: string;
  readonly heartbeatsTopicArn: string;
  /** Of the queue that service-b consumes: dead letters are redriven to it. */
  readonly eventsQueueUrl: string;
  readonly eventsDeadLetterQueueUrl: string;
  readonly receiptsQueueUrl: string;
  readonly receiptsDeadLetterQueueUrl: string;
}

interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

/**
 * Looks for every table, queue and topic of service-a at once.
 * @throws StartRefusedError that names all that is missing or may not be used, each with the fix.
 */
export async function findResources(
  { dynamodb, sns, sqs }: Clients,
  names: ResourceNames,
  { eventOrdering }: Pick<ServiceASettings, 'eventOrdering'>,
): Promise<Resources> {
  const ordering = { fifo: eventOrdering === 'fifo' };
  const [tables, ...found] = await Promise.all([
    checkTables(dynamodb, [names.table('IdempotencyTable'), names.table('WriteAheadLog')]),
    lookUpTopic(sns, names.topicArn('state-events', ordering)),
    lookUpTopic(sns, names.topicArn('heartbeats')),
    lookUpQueue(sqs, names.queue('service-b-events', ordering)),
    lookUpQueue(sqs, names.deadLetterQueue('service-b-events', ordering)),
    lookUpQueue(sqs, names.queue('service-a-receipts', ordering)),
    lookUpQueue(sqs, names.deadLetterQueue('service-a-receipts', ordering)),
  ]);
  const missing = found.flatMap((each) => (each.outcome === 'missing' ? [each.error.message] : []));
  const problems = [...tables, ...missing].map(problemOf);
  if (problems.length > 0) throw new StartRefusedError(problems);
  const [events, heartbeats, eventsQueue, eventsDead, receipts, receiptsDead] = found.map(valueOf);
  return {
    eventsTopicArn: events!,
    heartbeatsTopicArn: heartbeats!,
    eventsQueueUrl: eventsQueue!,
    eventsDeadLetterQueueUrl: eventsDead!,
    receiptsQueueUrl: receipts!,
    receiptsDeadLetterQueueUrl: receiptsDead!,
  };
}

function valueOf(found: LookUp<string>): string {
  return found.outcome === 'found' ? found.value : '';
}

/** The libraries say the problem and then what to do, in one sentence. */
function problemOf(message: string): StartProblem {
  const cut = message.search(/; (create|wait|renew|give|grant|ask|see) /);
  return cut < 0
    ? { problem: message, fix: 'see the problem' }
    : { problem: message.slice(0, cut), fix: message.slice(cut + 2) };
}
