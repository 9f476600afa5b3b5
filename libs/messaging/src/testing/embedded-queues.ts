import { CreateTopicCommand, SubscribeCommand, type SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { uniquePrefix } from '@latido/testing';
import { createSnsClient, createSqsClients, SnsTopic, type SqsClients, SqsQueue } from '../aws';

/** Makes queues and topics for one test file, under names of its own, on the embedded AWS of the environment. */
export class EmbeddedQueues {
  readonly clients: SqsClients;
  readonly sns: SNSClient;

  constructor(env: Readonly<Record<string, string | undefined>> = process.env) {
    const place = (variable: string): { region: string; endpoint: string } => {
      const endpoint = env[variable];
      if (endpoint === undefined) throw new Error(`${variable} is not set: name the file *.int-spec.ts`);
      return { region: 'us-east-1', endpoint };
    };
    this.clients = createSqsClients(place('AWS_ENDPOINT_URL_SQS'));
    this.sns = createSnsClient(place('AWS_ENDPOINT_URL_SNS'));
  }

  async queue(kind: 'standard' | 'fifo' = 'standard'): Promise<SqsQueue> {
    const { QueueUrl } = await this.clients.commands.send(
      new CreateQueueCommand({
        QueueName: kind === 'fifo' ? `${uniquePrefix()}.fifo` : uniquePrefix(),
        Attributes: kind === 'fifo' ? { FifoQueue: 'true' } : {},
      }),
    );
    return new SqsQueue(this.clients, QueueUrl ?? '');
  }

  /** A topic with raw delivery to a queue of the same kind. */
  async topicTo(queue: SqsQueue): Promise<SnsTopic> {
    const fifo = queue.name.endsWith('.fifo');
    const { TopicArn } = await this.sns.send(
      new CreateTopicCommand({
        Name: fifo ? `${uniquePrefix()}.fifo` : uniquePrefix(),
        Attributes: fifo ? { FifoTopic: 'true' } : {},
      }),
    );
    const { Attributes } = await this.clients.commands.send(
      new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ['QueueArn'] }),
    );
    await this.sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: Attributes?.QueueArn,
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );
    return new SnsTopic(this.sns, TopicArn ?? '');
  }

  close(): void {
    this.clients.commands.destroy();
    this.clients.polls.destroy();
    this.sns.destroy();
  }
}
