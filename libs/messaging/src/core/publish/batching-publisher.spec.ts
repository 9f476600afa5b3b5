import { VirtualTime } from '../../testing';
import { MessagingError } from '../errors';
import { type BatchingOptions, BatchingPublisher } from './batching-publisher';
import type { OutgoingMessage } from './outgoing-message';
import type { BatchTransport, PublishResult } from './publisher';
import type { PublisherSignal } from './publisher-signal';

const REFUSED: PublishResult = { outcome: 'failed', code: 'throttled', retryable: true, detail: 'slow down' };
const HOPELESS: PublishResult = {
  outcome: 'failed',
  code: 'message_rejected',
  retryable: false,
  detail: 'no',
};

/** A broker that records its calls and answers what `judge` says; accepted unless said otherwise. */
class ScriptedTransport implements BatchTransport {
  readonly calls: (readonly OutgoingMessage[])[] = [];
  judge: (message: OutgoingMessage, call: number) => PublishResult | undefined = () => undefined;
  fail: (call: number) => Error | undefined = () => undefined;

  async sendBatch(messages: readonly OutgoingMessage[]): Promise<readonly PublishResult[]> {
    this.calls.push(messages);
    const failure = this.fail(this.calls.length);
    if (failure) throw failure;
    return messages.map(
      (message) =>
        this.judge(message, this.calls.length) ?? { outcome: 'published', messageId: message.body },
    );
  }

  get bodies(): readonly (readonly string[])[] {
    return this.calls.map((messages) => messages.map(({ body }) => body));
  }
}

function setUp(options: Partial<BatchingOptions> = {}) {
  const time = new VirtualTime();
  const transport = new ScriptedTransport();
  const signals: PublisherSignal[] = [];
  const ports = { transport, schedule: time.schedule, random: () => 0.5 };
  const publisher = new BatchingPublisher({ ...ports, observe: (signal) => signals.push(signal) }, options);
  return { time, transport, signals, ports, publisher };
}

function message(body: string, groupId?: string): OutgoingMessage {
  return { body, attributes: {}, ...(groupId !== undefined && { groupId }) };
}

const messages = (count: number) => Array.from({ length: count }, (_, i) => message(String(i)));

describe('a batching publisher', () => {
  it('waits for company, at most lingerMs', async () => {
    const { time, transport, publisher } = setUp({ lingerMs: 5 });
    const first = publisher.publish([message('a')]);
    await time.advance(4);
    const second = publisher.publish([message('b')]);
    expect(transport.calls).toHaveLength(0);
    await time.advance(1);
    expect(transport.bodies).toEqual([['a', 'b']]);
    expect([...(await first), ...(await second)].map(({ outcome }) => outcome)).toEqual([
      'published',
      'published',
    ]);
  });

  it('sends ten at once, without waiting', async () => {
    const { transport, publisher } = setUp();
    await publisher.publish(messages(10));
    expect(transport.calls.map(({ length }) => length)).toEqual([10]);
  });

  it('sends as soon as 256 KB are together', async () => {
    const { transport, publisher } = setUp();
    const large = 'x'.repeat(200_000);
    void publisher.publish([message(large), message(large)]);
    expect(transport.calls).toHaveLength(1);
  });

  it('sends again only the entries that were refused, after a jittered wait', async () => {
    const { time, transport, publisher } = setUp();
    transport.judge = (m, call) => (m.body === '3' && call === 1 ? REFUSED : undefined);
    const results = publisher.publish(messages(10));
    await time.advance(74);
    expect(transport.calls).toHaveLength(1);
    await time.advance(1);
    expect(transport.bodies[1]).toEqual(['3']);
    expect((await results).every(({ outcome }) => outcome === 'published')).toBe(true);
  });

  it('gives up on an entry after maxAttempts and says why', async () => {
    const { time, transport, publisher } = setUp({ maxAttempts: 3 });
    transport.judge = () => REFUSED;
    const results = publisher.publish([message('a')]);
    await time.advance(60_000);
    expect(await results).toEqual([REFUSED]);
    expect(transport.calls).toHaveLength(3);
  });

  it('does not repeat what the broker will never take', async () => {
    const { time, transport, signals, publisher } = setUp();
    transport.judge = () => HOPELESS;
    const results = publisher.publish([message('a')]);
    await time.advance(60_000);
    expect(await results).toEqual([HOPELESS]);
    expect(transport.calls).toHaveLength(1);
    expect(signals).toContainEqual({ kind: 'message_failed', code: 'message_rejected', detail: 'no' });
  });

  it('repeats a whole call that failed for a passing reason', async () => {
    const { time, transport, publisher } = setUp();
    transport.fail = (call) => (call === 1 ? new MessagingError('unavailable', 'topic', 'away') : undefined);
    const results = publisher.publish(messages(2));
    await time.advance(60_000);
    expect((await results).map(({ outcome }) => outcome)).toEqual(['published', 'published']);
    expect(transport.calls).toHaveLength(2);
  });

  it('answers at once when the topic is missing: somebody must act', async () => {
    const { time, transport, publisher } = setUp();
    transport.fail = () => new MessagingError('topic_missing', 'topic', 'gone');
    const results = publisher.publish([message('a')]);
    await time.advance(5);
    expect(await results).toMatchObject([{ outcome: 'failed', code: 'topic_missing', retryable: false }]);
  });

  it('refuses more than maxPending messages instead of growing', async () => {
    const { publisher, time } = setUp({ maxPending: 2 });
    const results = publisher.publish(messages(3));
    await time.advance(5);
    expect((await results).map((result) => result.outcome === 'failed' && result.code)).toEqual([
      false,
      false,
      'overloaded',
    ]);
  });

  it('makes at most maxConcurrentBatches calls at the same time', async () => {
    const { time, ports } = setUp();
    let running = 0;
    let most = 0;
    const transport: BatchTransport = {
      sendBatch: async (batch) => {
        most = Math.max(most, (running += 1));
        await new Promise<void>((resolve) => void time.schedule(10, resolve));
        running -= 1;
        return batch.map(() => ({ outcome: 'published', messageId: 'm' }));
      },
    };
    const publisher = new BatchingPublisher({ ...ports, transport }, { maxConcurrentBatches: 3 });
    const results = publisher.publish(messages(100));
    await time.advance(1_000);
    expect(await results).toHaveLength(100);
    expect(most).toBe(3);
  });

  it('sends what waits when it is closed, and refuses what comes later', async () => {
    const { transport, publisher } = setUp();
    const results = publisher.publish([message('a')]);
    await publisher.close();
    expect(transport.bodies).toEqual([['a']]);
    expect(await results).toMatchObject([{ outcome: 'published' }]);
    expect(await publisher.publish([message('b')])).toMatchObject([{ code: 'closed' }]);
  });
});

describe('an ordered publisher', () => {
  it('keeps the order of a group when its first message is refused', async () => {
    const { time, transport, publisher } = setUp({ ordered: true });
    transport.judge = (m, call) => (m.body === 'a1' && call === 1 ? REFUSED : undefined);
    const results = publisher.publish([message('a1', 'a'), message('a2', 'a'), message('b1', 'b')]);
    await time.advance(60_000);
    expect((await results).map(({ outcome }) => outcome)).toEqual(['published', 'published', 'published']);
    expect(transport.bodies).toEqual([['a1', 'b1'], ['a1'], ['a2']]);
  });
});
