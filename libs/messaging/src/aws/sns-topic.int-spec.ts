import { eventMessage } from '../core/publish/event-message';
import { parseEnvelope } from '../core/envelope/parse-envelope';
import type { EventEnvelope } from '../core/envelope/event-envelope';
import { describePublisherContract } from '../testing';
import { EmbeddedQueues } from '../testing/embedded-queues';
import { receiveAll } from '../testing/receive-all';
import { createPublisher } from './create-publisher';
import { SnsTopic } from './sns-topic';
import { sha256Hex } from './system-ports';

const embedded = new EmbeddedQueues();
afterAll(() => embedded.close());

describePublisherContract('SNS with a raw subscription', async () => {
  const queue = await embedded.queue();
  const topic = await embedded.topicTo(queue);
  return { publisher: createPublisher(topic), arrived: async (count) => receiveAll(queue, count) };
});

const envelope: EventEnvelope = {
  id: '0197f2f0-0000-7000-8000-000000000000',
  source: '/service-a',
  type: 'latido.state.changed.v1',
  subject: 'cart-7',
  time: '2026-01-01T00:00:00.000Z',
  data: { operation: 'put', value: { n: 1 } },
  lamport: 5,
  epoch: 1,
  sequence: 9,
};

describe('an event through SNS to SQS', () => {
  it('arrives as it was sent, with its attributes and its trace', async () => {
    const queue = await embedded.queue();
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const traced = { ...envelope, traceparent };
    await createPublisher(await embedded.topicTo(queue)).publish([
      eventMessage(traced, { fifo: false, sha256Hex }),
    ]);
    const [message] = await receiveAll(queue, 1);
    if (!message) throw new Error('nothing came');
    expect(parseEnvelope(message.body, { ...message, sha256Hex })).toEqual({
      outcome: 'event',
      envelope: traced,
    });
    expect(message.attributes).toEqual({
      type: 'latido.state.changed.v1',
      source: '/service-a',
      contractVersion: '1',
      traceparent,
    });
  });

  it('keeps the order of its subject on a FIFO topic, and swallows a second publication', async () => {
    const queue = await embedded.queue('fifo');
    const publisher = createPublisher(await embedded.topicTo(queue));
    const events = ['e1', 'e2', 'e2', 'e3'].map((id) =>
      eventMessage({ ...envelope, id }, { fifo: true, sha256Hex }),
    );
    await publisher.publish(events);
    const ids: unknown[] = [];
    for (let i = 0; i < 3; i += 1) {
      const [message] = await receiveAll(queue, 1);
      ids.push((JSON.parse(message?.body ?? '{}') as { id?: string }).id);
      await queue.delete([message?.receiptHandle ?? '']);
    }
    expect(ids).toEqual(['e1', 'e2', 'e3']);
  });
});

describe('an SNS topic', () => {
  it('that is missing says so in the result of each message', async () => {
    const missing = new SnsTopic(embedded.sns, 'arn:aws:sns:us-east-1:000000000000:missing');
    const results = await createPublisher(missing).publish([{ body: '{}', attributes: {} }]);
    expect(results).toMatchObject([{ outcome: 'failed', code: 'topic_missing', retryable: false }]);
  });
});
