import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
import { createSnsClient, createSqsClients, type SqsClients } from '@latido/messaging/aws';
import { createDynamoDbClient } from '@latido/persistence/dynamodb';

/** What a service talks to AWS with. */
export interface AwsClients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SqsClients;
  readonly sns: SNSClient;
}

/**
 * Makes the clients of AWS, or of whatever the SDK's own variables point at.
 *
 * @param limits - of one call; by default those of the libraries.
 */
export function createAwsClients(
  region: string,
  limits: { readonly requestTimeoutMs?: number; readonly maxAttempts?: number } = {},
): AwsClients {
  return {
    dynamodb: createDynamoDbClient(limits, { region }),
    sqs: createSqsClients({ ...limits, region }),
    sns: createSnsClient({ ...limits, region }),
  };
}

/** Closes every connection. */
export function closeAwsClients({ dynamodb, sqs, sns }: AwsClients): void {
  for (const client of [dynamodb, sns, sqs.commands, sqs.polls]) client.destroy();
}
