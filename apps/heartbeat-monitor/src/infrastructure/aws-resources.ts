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
import { heartbeatQueueName, type ResourceNames, resourceNames, type TableName } from '@latido/topology';
import type { MonitorSettings } from '../configuration';

/** Clients, and the addresses of what was found with them. */
export interface AwsResources {
  readonly names: ResourceNames;
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SqsClients;
  readonly sns: SNSClient;
  readonly queueUrl: string;
  readonly heartbeatsArn: string;
}

const TABLES: readonly TableName[] = ['VersionedState', 'WriteAheadLog'];

/**
 * Connects to AWS and looks whether everything is there.
 *
 * @throws StartRefusedError with one problem for each table, queue and topic that is missing or may not be used.
 */
export async function connectAws(settings: MonitorSettings): Promise<AwsResources> {
  const { resourcePrefix, awsRegion: region, awsAccountId: accountId } = settings;
  const names = resourceNames({
    region,
    accountId,
    ...(resourcePrefix !== undefined && { prefix: resourcePrefix }),
  });
  const queueName = heartbeatQueueName(settings.heartbeatQueueOrdinal);
  const dynamodb = createDynamoDbClient({}, { region });
  const sqs = createSqsClients({ region });
  const sns = createSnsClient({ region });
  const [tables, queue, heartbeats] = await Promise.all([
    checkTables(dynamodb, TABLES.map(names.table)),
    lookUpQueue(sqs.commands, names.queue(queueName)),
    lookUpTopic(sns, names.topicArn('heartbeats')),
  ]);
  const problems = [...tables, ...[queue, heartbeats].flatMap(problemOf)];
  if (problems.length > 0) throw new StartRefusedError(problems.map(startProblem));
  return {
    names,
    dynamodb,
    sqs,
    sns,
    queueUrl: found(queue),
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
  const end = message.indexOf('; ');
  return { problem: message.slice(0, end), fix: message.slice(end + 2) };
}
