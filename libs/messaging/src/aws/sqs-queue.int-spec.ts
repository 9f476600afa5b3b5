import { setTimeout as delay } from 'node:timers/promises';
import { describeMessageQueueContract, describePublisherContract } from '../testing';
import { EmbeddedQueues } from '../testing/embedded-queues';
import { receiveAll } from '../testing/receive-all';
import { createPublisher } from './create-publisher';
import { SqsQueue } from './sqs-queue';

const embedded = new EmbeddedQueues();
afterAll(() => embedded.close());

describeMessageQueueContract('SQS', async () => ({
  queue: await embedded.queue(),
  passTime: async (ms) => delay(ms),
}));

describePublisherContract('SQS', async () => {
  const queue = await embedded.queue();
  return { publisher: createPublisher(queue), arrived: async (count) => receiveAll(queue, count) };
});

describe('an SQS queue', () => {
  it('that is missing says so, and what to do', async () => {
    const queue = new SqsQueue(embedded.clients, `${(await embedded.queue()).url}-missing`);
    await expect(
      queue.receive({ maxMessages: 1, visibilitySeconds: 1, waitSeconds: 0 }),
    ).rejects.toMatchObject({
      code: 'queue_missing',
      transient: false,
    });
  });

  it('refuses one message of a batch by its result, and takes the others', async () => {
    const queue = await embedded.queue();
    const results = await queue.sendBatch([
      { body: 'first', attributes: {} },
      { body: 'a control character: \u0001', attributes: {} },
      { body: 'third', attributes: {} },
    ]);
    expect(results).toMatchObject([
      { outcome: 'published' },
      { outcome: 'failed', code: 'message_rejected', retryable: false },
      { outcome: 'published' },
    ]);
    expect((await receiveAll(queue, 2)).map(({ body }) => body).toSorted()).toEqual(['first', 'third']);
  });

  it('keeps group, order and deduplication when it is FIFO', async () => {
    const queue = await embedded.queue('fifo');
    const publisher = createPublisher(queue);
    const message = (n: number) => ({
      body: `${n}`,
      attributes: {},
      groupId: 'cart-7',
      deduplicationId: `id-${n}`,
    });
    await publisher.publish([message(1), message(2), message(1), message(3)]);
    const bodies: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const [received] = await receiveAll(queue, 1);
      bodies.push(received?.body ?? '');
      expect(received?.groupId).toBe('cart-7');
      await queue.delete([received?.receiptHandle ?? '']);
    }
    expect(bodies).toEqual(['1', '2', '3']);
    expect(await queue.receive({ maxMessages: 10, visibilitySeconds: 1, waitSeconds: 0 })).toEqual([]);
  });
});
