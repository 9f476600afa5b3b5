import { sha256Hex } from '../../aws/system-ports';
import { InMemoryQueue } from '../../in-memory';
import { DeadLetters } from '../dead-letter/dead-letters';
import { readEvent } from './read-event';

const take = async (queue: InMemoryQueue) => {
  const [message] = await queue.receive({ maxMessages: 1, visibilitySeconds: 0, waitSeconds: 0 });
  if (!message) throw new Error('the queue is empty');
  return message;
};

describe('reading the event of a message', () => {
  it('gives an event without an id the same RequestID after a redrive as before', async () => {
    const queues = { deadLetterQueue: new InMemoryQueue(Date.now), sourceQueue: new InMemoryQueue(Date.now) };
    // One more message there first, so that the redriven one gets another message id.
    await queues.sourceQueue.sendBatch([{ body: '{}', attributes: {} }]);
    await queues.sourceQueue.delete([(await take(queues.sourceQueue)).receiptHandle]);
    await queues.deadLetterQueue.sendBatch([{ body: '{"on":true}', attributes: {} }]);
    const before = readEvent(await take(queues.deadLetterQueue), { sha256Hex });
    await new DeadLetters(queues, sha256Hex).redriveAll({ limit: 1 });
    const redriven = await take(queues.sourceQueue);
    expect(redriven.messageId).not.toBe('message-1');
    expect(readEvent(redriven, { sha256Hex })).toMatchObject({
      envelope: { id: before.outcome === 'event' ? before.envelope.id : 'unreadable' },
    });
  });
});
