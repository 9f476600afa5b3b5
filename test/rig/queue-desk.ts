import { GetQueueUrlCommand, PurgeQueueCommand } from '@aws-sdk/client-sqs';
import type { OutgoingMessage, ReceivedMessage } from '@latido/messaging';
import { type QueueDepth, queueDepth, SnsTopic, SqsQueue } from '@latido/messaging/aws';
import type { EmbeddedAws } from '@latido/testing';

const BATCH = 10;
/** Hidden for so long while they are moved; nobody else reads meanwhile. */
const HIDDEN_SECONDS = 60;

/** Puts messages into queues and takes them out, as nobody should in production. */
export class QueueDesk {
  constructor(private readonly aws: EmbeddedAws) {}

  /** Everything that is in a queue now, taken out of it. */
  async takeAll(queueName: string): Promise<readonly ReceivedMessage[]> {
    const queue = await this.queue(queueName);
    const taken: ReceivedMessage[] = [];
    for (;;) {
      const messages = await queue.receive({
        maxMessages: BATCH,
        visibilitySeconds: HIDDEN_SECONDS,
        waitSeconds: 0,
      });
      if (messages.length === 0) return taken;
      await queue.delete(messages.map(({ receiptHandle }) => receiptHandle));
      taken.push(...messages);
    }
  }

  /** Receives the one message of a queue so many times, as consumers do that end before they settle it. */
  async wear(queueName: string, receives: number): Promise<void> {
    const queue = await this.queue(queueName);
    for (let done = 0; done < receives;)
      done += (await queue.receive({ maxMessages: 1, visibilitySeconds: 0, waitSeconds: 1 })).length;
  }

  /** Sends messages to a queue, past its topic, in their order. */
  async put(queueName: string, messages: readonly OutgoingMessage[]): Promise<void> {
    const queue = await this.queue(queueName);
    await inBatches(messages, async (batch) => requireAll(await queue.sendBatch(batch)));
  }

  /** Publishes messages to a topic, as a producer would. */
  async publish(topicArn: string, messages: readonly OutgoingMessage[]): Promise<void> {
    const topic = new SnsTopic(this.aws.sns, topicArn);
    await inBatches(messages, async (batch) => requireAll(await topic.sendBatch(batch)));
  }

  /** Empties a queue, hidden messages included, as a person does by mistake. */
  async purge(queueName: string): Promise<void> {
    await this.aws.sqs.send(new PurgeQueueCommand({ QueueUrl: await this.urlOf(queueName) }));
  }

  /** How many messages a queue holds. */
  async depth(queueName: string): Promise<QueueDepth> {
    return queueDepth(this.aws.sqs, await this.urlOf(queueName));
  }

  /** A queue, for whoever wants to read it as a consumer does. */
  async queue(name: string): Promise<SqsQueue> {
    return new SqsQueue({ commands: this.aws.sqs, polls: this.aws.sqs }, await this.urlOf(name));
  }

  private async urlOf(name: string): Promise<string> {
    const { QueueUrl = '' } = await this.aws.sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    return QueueUrl;
  }
}

async function inBatches<T>(
  items: readonly T[],
  send: (batch: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let i = 0; i < items.length; i += BATCH) await send(items.slice(i, i + BATCH));
}

function requireAll(results: readonly { readonly outcome: string }[]): void {
  const refused = results.filter(({ outcome }) => outcome !== 'published');
  if (refused.length > 0)
    throw new Error(`${refused.length} messages were refused: ${JSON.stringify(refused[0])}`);
}
