import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type ResourceNames, resourceNames, topology } from '@latido/topology';
import { seedQueues, seedTables, seedTopics } from '@latido/topology/aws';
import { uniquePrefix } from './unique-prefix';

/** Clients of an embedded AWS. */
export interface EmbeddedAws {
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  close(): void;
}

/** The embedded AWS whose addresses are in the environment, as they are in integration tests. */
export function connectEmbeddedAws(
  env: Readonly<Record<string, string | undefined>> = process.env,
): EmbeddedAws {
  const place = (variable: string): { endpoint: string } => {
    const endpoint = env[variable];
    if (endpoint === undefined) throw new Error(`${variable} is not set: name the file *.int-spec.ts`);
    return { endpoint };
  };
  const common = {
    region: env['AWS_REGION'] ?? 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const sns = new SNSClient({ ...common, ...place('AWS_ENDPOINT_URL_SNS') });
  const sqs = new SQSClient({ ...common, ...place('AWS_ENDPOINT_URL_SQS'), useQueueUrlAsEndpoint: false });
  const dynamodb = new DynamoDBClient({ ...common, ...place('AWS_ENDPOINT_URL_DYNAMODB') });
  return {
    sns,
    sqs,
    dynamodb,
    close: () => {
      for (const client of [sns, sqs, dynamodb]) client.destroy();
    },
  };
}

/**
 * Creates every queue, topic and table of the topology under a prefix of its own.
 * @returns their names.
 * @example
 * const aws = connectEmbeddedAws();
 * const names = await seedUnderUniquePrefix(aws);
 * const table = new DynamoTable(aws.dynamodb, names.table('IdempotencyTable'), ['RequestID']);
 */
export async function seedUnderUniquePrefix(
  aws: EmbeddedAws,
): Promise<ResourceNames & { readonly prefix: string }> {
  const prefix = uniquePrefix();
  const names = resourceNames({ prefix, region: 'us-east-1', accountId: '000000000000' });
  await Promise.all([
    seedTables(aws.dynamodb, topology, names),
    seedQueues(aws.sqs, topology, names).then(() => seedTopics(aws.sns, topology, names)),
  ]);
  return { ...names, prefix };
}
