import { DeadLetters } from '../core/dead-letter/dead-letters';
import { EmbeddedQueues } from '../testing/embedded-queues';
import { receiveAll } from '../testing/receive-all';
import { sha256Hex } from './system-ports';

const embedded = new EmbeddedQueues();
afterAll(() => embedded.close());

const poison = (body: string) => ({ body, attributes: { type: 'a.v1', deadLetterReason: 'invalid_data' } });

describe('dead letters in SQS', () => {
  it('are listed, stay, and go back to their queue', async () => {
    const [deadLetterQueue, sourceQueue] = [await embedded.queue(), await embedded.queue()];
    const letters = new DeadLetters({ deadLetterQueue, sourceQueue }, sha256Hex);
    await deadLetterQueue.sendBatch(['{"id":"1"}', '{"id":"2"}', '{"id":"3"}'].map(poison));
    const listed = await letters.list({ limit: 100 });
    expect(listed.map(({ requestId, reason }) => `${requestId} ${reason}`).toSorted()).toEqual([
      '1 invalid_data',
      '2 invalid_data',
      '3 invalid_data',
    ]);
    expect(await letters.redrive(listed[0]?.id ?? '')).toMatchObject({ outcome: 'redriven' });
    expect(await letters.redriveAll({ limit: 100 })).toHaveLength(2);
    const back = await receiveAll(sourceQueue, 3);
    expect(back.map(({ body }) => body).toSorted()).toEqual(['{"id":"1"}', '{"id":"2"}', '{"id":"3"}']);
    expect(back[0]?.attributes).not.toHaveProperty('deadLetterReason');
    expect(await letters.list({ limit: 100 })).toEqual([]);
  });

  it('go back to a FIFO queue in their group, although their first id is still remembered there', async () => {
    const [deadLetterQueue, sourceQueue] = [await embedded.queue('fifo'), await embedded.queue('fifo')];
    const first = { body: '{"id":"1"}', attributes: {}, groupId: 'cart-7', deduplicationId: 'event-1' };
    await sourceQueue.sendBatch([first]);
    const [message] = await receiveAll(sourceQueue, 1);
    await sourceQueue.delete([message?.receiptHandle ?? '']);
    await deadLetterQueue.sendBatch([first]);
    const letters = new DeadLetters({ deadLetterQueue, sourceQueue }, sha256Hex);
    expect(await letters.redriveAll({ limit: 10 })).toMatchObject([{ outcome: 'redriven' }]);
    expect(await receiveAll(sourceQueue, 1)).toMatchObject([{ body: '{"id":"1"}', groupId: 'cart-7' }]);
  });
});
