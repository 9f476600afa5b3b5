import { BatchingPublisher } from '../core/publish/batching-publisher';
import { systemPorts } from '../aws/system-ports';
import { describeMessageQueueContract, describePublisherContract, VirtualTime } from '../testing';
import { InMemoryQueue } from './in-memory-queue';
import { InMemoryTopic } from './in-memory-topic';

describeMessageQueueContract('the queue in memory', async () => {
  const time = new VirtualTime();
  return { queue: new InMemoryQueue(time.now), passTime: async (ms) => time.advance(ms) };
});

describePublisherContract('the topic in memory', async () => {
  const queue = new InMemoryQueue(Date.now);
  const topic = new InMemoryTopic();
  topic.subscribe(queue);
  return {
    publisher: new BatchingPublisher({ transport: topic, ...systemPorts }),
    arrived: async (maxMessages) => queue.receive({ maxMessages, visibilitySeconds: 30, waitSeconds: 0 }),
  };
});
