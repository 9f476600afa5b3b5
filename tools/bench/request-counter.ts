import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';

/** Counts the requests of AWS clients; one to SNS or SQS counts once, whether it carries one message or ten. */
export class RequestCounter {
  private made = 0;

  /** @returns the requests since it was asked last. */
  take(): number {
    const made = this.made;
    this.made = 0;
    return made;
  }

  attachSqs(client: SQSClient): void {
    client.middlewareStack.add((next) => async (args) => this.count(() => next(args)), COUNTED);
  }

  attachSns(client: SNSClient): void {
    client.middlewareStack.add((next) => async (args) => this.count(() => next(args)), COUNTED);
  }

  attachDynamoDb(client: DynamoDBClient): void {
    client.middlewareStack.add((next) => async (args) => this.count(() => next(args)), COUNTED);
  }

  private count<T>(request: () => Promise<T>): Promise<T> {
    this.made += 1;
    return request();
  }
}

const COUNTED = { step: 'initialize', name: 'latidoRequestCounter' } as const;
