import { GetTopicAttributesCommand, type SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { MessagingError } from '../core/errors';
import { toMessagingError } from './error-mapping';

/** Messages of a queue by what they wait for. Approximate, as SQS says it. */
export interface QueueDepth {
  readonly visible: number;
  /** Received, not deleted yet. */
  readonly inFlight: number;
  readonly delayed: number;
}

/** What became of looking for something: it is there, or why it cannot be used. */
export type LookUp<T> =
  | { readonly outcome: 'found'; readonly value: T }
  | { readonly outcome: 'missing'; readonly error: MessagingError };

/** A queue that exists, as it is now. */
export interface FoundQueue {
  /** Prefix and `.fifo` included. */
  readonly name: string;
  readonly url: string;
  /** How long it keeps a message. */
  readonly retentionSeconds: number;
}

/**
 * Finds a queue by its name, for a start that says everything that is missing at once.
 *
 * @param name - real name, prefix and `.fifo` included.
 * @example
 * const queue = await lookUpQueue(clients.commands, 'dev-service-b-events');
 * if (queue.outcome === 'missing') problems.push(queue.error.message);
 */
export async function lookUpQueue(client: SQSClient, name: string): Promise<LookUp<FoundQueue>> {
  return lookUp({ kind: 'queue', name }, async () => {
    const { QueueUrl: url = '' } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['MessageRetentionPeriod'] }),
    );
    return { name, url, retentionSeconds: Number(Attributes.MessageRetentionPeriod) };
  });
}

/** Looks whether a topic exists and may be used. `value` is its ARN. */
export async function lookUpTopic(client: SNSClient, arn: string): Promise<LookUp<string>> {
  const name = arn.slice(arn.lastIndexOf(':') + 1);
  return lookUp({ kind: 'topic', name }, async () => {
    await client.send(new GetTopicAttributesCommand({ TopicArn: arn }));
    return arn;
  });
}

/**
 * How many messages a queue holds.
 * @throws MessagingError when it cannot be asked.
 */
export async function queueDepth(client: SQSClient, queueUrl: string): Promise<QueueDepth> {
  const name = queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
  const depth = await lookUp({ kind: 'queue', name }, async () => {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesDelayed',
        ],
      }),
    );
    return {
      visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
      inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
      delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
    };
  });
  if (depth.outcome === 'missing') throw depth.error;
  return depth.value;
}

async function lookUp<T>(
  resource: { readonly kind: 'queue' | 'topic'; readonly name: string },
  call: () => Promise<T>,
): Promise<LookUp<T>> {
  try {
    return { outcome: 'found', value: await call() };
  } catch (error) {
    return { outcome: 'missing', error: toMessagingError(resource, error) };
  }
}
