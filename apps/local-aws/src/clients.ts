import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Clients of the embedded AWS itself, by which it is seeded and swept. */
export interface LocalClients {
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  close(): void;
}

/** The embedded AWS checks no credentials, but the SDK will not speak without some. */
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export function connect(
  region: string,
  urls: { readonly messagingUrl: string; readonly dynamodbUrl: string },
): LocalClients {
  const sns = new SNSClient({ region, credentials, endpoint: urls.messagingUrl });
  const sqs = new SQSClient({
    region,
    credentials,
    endpoint: urls.messagingUrl,
    useQueueUrlAsEndpoint: false,
  });
  const dynamodb = new DynamoDBClient({ region, credentials, endpoint: urls.dynamodbUrl });
  return {
    sns,
    sqs,
    dynamodb,
    close: () => {
      for (const client of [sns, sqs, dynamodb]) client.destroy();
    },
  };
}
