import { sha256Hex } from '../../aws/system-ports';
import { InMemoryQueue } from '../../in-memory';
import { VirtualTime } from '../../testing';
import { MessagingError } from '../errors';
import { DeadLetters } from './dead-letters';

const reasonOf = (reason: string) => ({ deadLetterReason: reason, deadLetterDetail: 'why', type: 'a.v1' });

async function setUp(bodies: readonly string[]) {
  const time = new VirtualTime();
  const deadLetterQueue = new InMemoryQueue(time.now);
  const sourceQueue = new InMemoryQueue(time.now);
  const letters = new DeadLetters({ deadLetterQueue, sourceQueue }, sha256Hex);
  for (const body of bodies) await deadLetterQueue.sendBatch([{ body, attributes: reasonOf('not_json') }]);
  return { time, deadLetterQueue, sourceQueue, letters };
}

const look = async (queue: InMemoryQueue) =>
  queue.receive({ maxMessages: 10, visibilitySeconds: 0, waitSeconds: 0 });

describe('dead letters', () => {
  it('are listed with reason, detail and RequestID, and stay', async () => {
    const { deadLetterQueue, letters } = await setUp(['{"id":"event-1"}']);
    expect(await letters.list({ limit: 10 })).toMatchObject([
      { id: 'message-1', requestId: 'event-1', reason: 'not_json', detail: 'why' },
    ]);
    expect(await look(deadLetterQueue)).toHaveLength(1);
  });

  it('that the queue moved by itself say so, and one that cannot be read has no RequestID', async () => {
    const { deadLetterQueue, letters } = await setUp([]);
    await deadLetterQueue.sendBatch([{ body: 'no JSON', attributes: {} }]);
    const [letter] = await letters.list({ limit: 10 });
    expect(letter).toMatchObject({ reason: 'max_receives' });
    expect(letter).not.toHaveProperty('requestId');
  });

  it('are listed up to the limit, over several receives', async () => {
    const { letters } = await setUp(Array.from({ length: 30 }, (_, i) => `{"id":"${i}"}`));
    expect(await letters.list({ limit: 25 })).toHaveLength(25);
  });

  it('go back one by one, without the reason and with the RequestID', async () => {
    const { deadLetterQueue, sourceQueue, letters } = await setUp(['{"id":"1"}', '{"id":"2"}', '{"id":"3"}']);
    expect(await letters.redrive('message-5')).toEqual({ outcome: 'not_found' });
    const [, second] = await letters.list({ limit: 10 });
    expect(await letters.redrive(second?.id ?? '')).toMatchObject({ outcome: 'redriven', letter: second });
    expect(await look(sourceQueue)).toMatchObject([
      { body: second?.body, attributes: { type: 'a.v1', requestId: second?.requestId } },
    ]);
    expect((await look(sourceQueue))[0]?.attributes).not.toHaveProperty('deadLetterReason');
    expect(await look(deadLetterQueue)).toHaveLength(2);
  });

  it('go back all together, up to the limit', async () => {
    const { deadLetterQueue, sourceQueue, letters } = await setUp(
      Array.from({ length: 25 }, (_, i) => `{"id":"${i}"}`),
    );
    expect(await letters.redriveAll({ limit: 22 })).toHaveLength(22);
    expect([sourceQueue.size, deadLetterQueue.size]).toEqual([22, 3]);
  });

  it('go back once a call, though they are refused again while it lasts', async () => {
    const { deadLetterQueue, sourceQueue, letters } = await setUp(
      Array.from({ length: 15 }, (_, i) => `{"id":"${i}"}`),
    );
    const send = sourceQueue.sendBatch.bind(sourceQueue);
    sourceQueue.sendBatch = async (messages) => {
      await deadLetterQueue.sendBatch(messages);
      return send(messages);
    };
    expect(await letters.redriveAll({ limit: 100 })).toHaveLength(15);
    expect(sourceQueue.size).toBe(15);
    expect(await letters.list({ limit: 100 })).toHaveLength(15);
  });

  it('stay when the source queue is away, and the redrive ends', async () => {
    const { deadLetterQueue, sourceQueue, letters } = await setUp(['{"id":"1"}', '{"id":"2"}']);
    sourceQueue.outage = new MessagingError('unavailable', 'source', 'away');
    const results = await letters.redriveAll({ limit: 100 });
    expect(results).toMatchObject([
      { outcome: 'failed', code: 'unavailable' },
      { outcome: 'failed', code: 'unavailable' },
    ]);
    expect(await look(deadLetterQueue)).toHaveLength(2);
  });
});
