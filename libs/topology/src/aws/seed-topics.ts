import { CreateTopicCommand, type SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { Topology } from '../core/description';
import type { ResourceNames } from '../core/resource-names';

/** Creates the topics and subscriptions that are not there yet. The queues must exist. */
export async function seedTopics(
  client: SNSClient,
  { topics, subscriptions }: Pick<Topology, 'topics' | 'subscriptions'>,
  names: ResourceNames,
): Promise<void> {
  await Promise.all(
    topics.flatMap((topic) =>
      (topic.fifoTwin ? [false, true] : [false]).map(async (fifo) => {
        await client.send(
          new CreateTopicCommand({
            Name: names.topic(topic.name, { fifo }),
            ...(fifo && { Attributes: { FifoTopic: 'true' } }),
          }),
        );
        const queues = subscriptions.filter((subscription) => subscription.topic === topic.name);
        await Promise.all(
          queues.map(({ queue }) =>
            client.send(
              new SubscribeCommand({
                TopicArn: names.topicArn(topic.name, { fifo }),
                Protocol: 'sqs',
                Endpoint: names.queueArn(queue, { fifo }),
                Attributes: { RawMessageDelivery: 'true' },
              }),
            ),
          ),
        );
      }),
    ),
  );
}
