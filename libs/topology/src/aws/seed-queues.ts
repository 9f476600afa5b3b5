import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  type QueueAttributeName,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { QueueDescription, Topology } from '../core/description';
import type { Ordering, ResourceNames } from '../core/resource-names';

type Attributes = Partial<Record<QueueAttributeName, string>>;

/**
 * Creates the queues and dead-letter queues that are not there yet. An existing one keeps its
 * messages and gets the attributes of the topology.
 */
export async function seedQueues(
  client: SQSClient,
  { queues }: Pick<Topology, 'queues'>,
  names: ResourceNames,
): Promise<void> {
  await Promise.all(
    queues.flatMap((queue) =>
      (queue.fifoTwin ? [false, true] : [false]).map((fifo) => seedQueue(client, queue, names, { fifo })),
    ),
  );
}

async function seedQueue(
  client: SQSClient,
  queue: QueueDescription,
  names: ResourceNames,
  ordering: Ordering,
): Promise<void> {
  const { deadLetter } = queue;
  const kind: Attributes = ordering.fifo ? { FifoQueue: 'true' } : {};
  await ensureQueue(client, names.deadLetterQueue(queue.name, ordering), kind, {
    MessageRetentionPeriod: String(deadLetter.retentionSeconds),
  });
  await ensureQueue(client, names.queue(queue.name, ordering), kind, {
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    MessageRetentionPeriod: String(queue.retentionSeconds),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: names.deadLetterQueueArn(queue.name, ordering),
      maxReceiveCount: deadLetter.maxReceiveCount,
    }),
  });
}

/** `kind` can only be said at creation; `settings` can change later. */
async function ensureQueue(
  client: SQSClient,
  name: string,
  kind: Attributes,
  settings: Attributes,
): Promise<void> {
  try {
    await client.send(new CreateQueueCommand({ QueueName: name, Attributes: { ...kind, ...settings } }));
  } catch (error) {
    if (!existsWithOtherSettings(error)) throw error;
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: settings }));
  }
}

/** AWS and the embedded SQS name this error differently: `QueueNameExists`, with or without a namespace before it. */
function existsWithOtherSettings(error: unknown): boolean {
  return error instanceof Error && /Queue(NameExists|AlreadyExists)$/.test(error.name);
}
