import { InMemoryQueue } from '../../in-memory';
import { VirtualTime } from '../../testing';
import { MessagingError } from '../errors';
import type { BatchHandler } from './batch-handler';
import type { ConsumerOptions } from './consumer-options';
import type { ConsumerPorts } from './consumer-ports';
import type { ConsumerSignal } from './consumer-signal';
import type { Disposition } from './disposition';
import { QueueConsumer } from './queue-consumer';

const ACKNOWLEDGE: Disposition = { kind: 'acknowledge' };
const acknowledgeAll: BatchHandler = async (batch) => batch.map(() => ACKNOWLEDGE);

/** A consumer on queues in memory and in virtual time, with `count` messages waiting. */
async function setUp(
  given: {
    readonly count?: number;
    readonly ports?: Partial<ConsumerPorts>;
    readonly options?: Partial<ConsumerOptions>;
  } = {},
) {
  const time = new VirtualTime();
  const queue = new InMemoryQueue(time.now);
  const deadLetterQueue = new InMemoryQueue(time.now);
  const signals: ConsumerSignal[] = [];
  const consumer = new QueueConsumer(
    {
      queue,
      deadLetterQueue,
      handle: acknowledgeAll,
      observe: (signal) => void signals.push(signal),
      now: time.now,
      schedule: time.schedule,
      random: () => 0.5,
      ...given.ports,
    },
    given.options,
  );
  const bodies = Array.from({ length: given.count ?? 1 }, (_, i) => ({ body: `body-${i}`, attributes: {} }));
  if (bodies.length > 0) await queue.sendBatch(bodies);
  return { time, queue, deadLetterQueue, signals, consumer };
}

/** A handler that ends when the test says so. */
function handlerOnCall() {
  let finish: (dispositions: readonly Disposition[]) => void = () => {};
  let signal: AbortSignal | undefined;
  const handle: BatchHandler = async (_batch, given) => {
    signal = given;
    return new Promise((resolve) => (finish = resolve));
  };
  return {
    handle,
    finish: (dispositions: readonly Disposition[]) => finish(dispositions),
    aborted: () => signal?.aborted,
  };
}

async function visible(queue: InMemoryQueue): Promise<readonly string[]> {
  const messages = await queue.receive({ maxMessages: 10, visibilitySeconds: 0, waitSeconds: 0 });
  return messages.map(({ body }) => body);
}

describe('a consumer', () => {
  it('deletes what its handler acknowledged, and only that', async () => {
    const handle: BatchHandler = async () => [
      ACKNOWLEDGE,
      { kind: 'giveBack', delaySeconds: 0 },
      ACKNOWLEDGE,
    ];
    const { queue, consumer } = await setUp({ count: 3, ports: { handle } });
    expect(await consumer.pollOnce()).toEqual({
      kind: 'polled',
      outcome: 'handled',
      received: 3,
      acknowledged: 2,
      givenBack: 1,
      deadLettered: 0,
    });
    expect(await visible(queue)).toEqual(['body-1']);
  });

  it('gives everything back when its handler throws, and says so', async () => {
    const handle: BatchHandler = async () => Promise.reject(new Error('the store is away'));
    const { time, queue, signals, consumer } = await setUp({ count: 2, ports: { handle } });
    expect(await consumer.pollOnce()).toMatchObject({ outcome: 'handler_failed', givenBack: 2 });
    expect(await visible(queue)).toEqual([]);
    await time.advance(1_000);
    expect(await visible(queue)).toHaveLength(2);
    expect(signals).toContainEqual(
      expect.objectContaining({ where: 'handle', code: 'handler_failed', detail: 'the store is away' }),
    );
    expect(consumer.status()).toMatchObject({ failuresInARow: 1, lastTrouble: { code: 'handler_failed' } });
  });

  it('gives everything back when its handler answers for another number of messages', async () => {
    const { consumer } = await setUp({ count: 2, ports: { handle: async () => [ACKNOWLEDGE] } });
    expect(await consumer.pollOnce()).toMatchObject({ outcome: 'handler_failed', givenBack: 2 });
  });

  it('keeps messages hidden for as long as their handler runs', async () => {
    const { handle, finish } = handlerOnCall();
    const { time, queue, consumer } = await setUp({ ports: { handle }, options: { visibilitySeconds: 30 } });
    const poll = consumer.pollOnce();
    for (let i = 0; i < 20; i += 1) {
      await time.advance(10_000);
      expect(await visible(queue)).toEqual([]);
    }
    finish([ACKNOWLEDGE]);
    expect(await poll).toMatchObject({ acknowledged: 1 });
    expect(queue.size).toBe(0);
    expect(time.timers).toBe(0);
  });

  it('takes the messages from a handler that runs out of time, and ignores what it answers later', async () => {
    const { handle, finish, aborted } = handlerOnCall();
    const { time, queue, consumer } = await setUp({
      ports: { handle },
      options: { handlerTimeoutMs: 60_000 },
    });
    const poll = consumer.pollOnce();
    await time.advance(60_000);
    expect(await poll).toMatchObject({ outcome: 'handler_timeout', givenBack: 1 });
    expect(aborted()).toBe(true);
    finish([ACKNOWLEDGE]);
    await time.advance(1_000);
    expect(await visible(queue)).toEqual(['body-0']);
  });

  it('tries a refused delete again, and only for the messages that are left', async () => {
    const { time, queue, consumer, signals } = await setUp({ count: 3 });
    const calls: number[] = [];
    const deleteAll = queue.delete.bind(queue);
    queue.delete = async (handles) => {
      calls.push(handles.length);
      if (calls.length > 1) return deleteAll(handles);
      await deleteAll(handles.slice(1));
      return handles.slice(0, 1);
    };
    const poll = consumer.pollOnce();
    await time.advance(10_000);
    await poll;
    expect(calls).toEqual([3, 1]);
    expect(queue.size).toBe(0);
    expect(signals).toContainEqual({ kind: 'deleted', messages: 3 });
  });

  it('is not disturbed by an observer that throws', async () => {
    const observe = () => {
      throw new Error('a metric is broken');
    };
    const { queue, consumer } = await setUp({ ports: { observe } });
    await consumer.pollOnce();
    expect(queue.size).toBe(0);
  });
});

describe('poison', () => {
  const poison: Disposition = {
    kind: 'deadLetter',
    reason: 'not_json',
    detail: 'no\nJSON',
    requestId: 'event-1',
  };

  it('goes to the dead-letter queue with reason and RequestID, then the hook runs, then it is deleted', async () => {
    const steps: string[] = [];
    const { queue, deadLetterQueue, consumer } = await setUp({
      count: 2,
      ports: {
        handle: async () => [poison, ACKNOWLEDGE],
        afterDeadLetter: async ({ body }) => {
          steps.push(`${body}: ${deadLetterQueue.size} dead letter, ${queue.size} in the queue`);
        },
      },
    });
    expect(await consumer.pollOnce()).toMatchObject({ acknowledged: 1, deadLettered: 1 });
    expect(steps).toEqual(['body-0: 1 dead letter, 2 in the queue']);
    expect(queue.size).toBe(0);
    const [letter] = await deadLetterQueue.receive({ maxMessages: 1, visibilitySeconds: 1, waitSeconds: 0 });
    expect(letter).toMatchObject({
      body: 'body-0',
      attributes: { deadLetterReason: 'not_json', deadLetterDetail: 'no?JSON', requestId: 'event-1' },
    });
  });

  it.each([
    ['the dead-letter queue is away', (queue: InMemoryQueue) => (queue.outage = AWAY), {}],
    ['its hook fails', () => {}, { afterDeadLetter: async () => Promise.reject(new Error('no receipt')) }],
  ])('comes back when %s', async (_when, spoil, ports) => {
    const { time, queue, deadLetterQueue, consumer } = await setUp({
      ports: { handle: async () => [poison], ...ports },
    });
    spoil(deadLetterQueue);
    expect(await consumer.pollOnce()).toMatchObject({ deadLettered: 0, givenBack: 1 });
    await time.advance(1_000);
    expect(await visible(queue)).toEqual(['body-0']);
  });
});

const AWAY = new MessagingError('unavailable', 'queue', 'away');

describe('polls', () => {
  it('wait until the consumer is resumed', async () => {
    const { time, consumer } = await setUp();
    const begun = track(consumer.beginPoll());
    await time.advance(60_000);
    expect(begun.done()).toBe(false);
    consumer.resume();
    await time.advance(0);
    expect(begun.done()).toBe(true);
  });

  it('slow down while receives fail, and not any more after one success', async () => {
    const { time, consumer } = await setUp();
    consumer.resume();
    for (let i = 0; i < 3; i += 1) consumer.pollFailed(AWAY);
    expect(consumer.status()).toMatchObject({ failuresInARow: 3, lastTrouble: { code: 'unavailable' } });
    const begun = track(consumer.beginPoll());
    await time.advance(599);
    expect(begun.done()).toBe(false);
    await time.advance(1);
    expect(begun.done()).toBe(true);
    await consumer.process([]);
    const next = track(consumer.beginPoll());
    await time.advance(0);
    expect(next.done()).toBe(true);
    expect(consumer.status()).toMatchObject({ failuresInARow: 0, lastSuccessAtMs: time.now() });
  });

  it('are waited for by a pause', async () => {
    const { time, consumer } = await setUp();
    consumer.resume();
    await consumer.beginPoll();
    const paused = track(consumer.pause());
    await time.advance(1_000);
    expect(paused.done()).toBe(false);
    consumer.endPoll();
    await time.advance(0);
    expect(paused.done()).toBe(true);
    expect(consumer.status().mode).toBe('paused');
  });
});

describe('a manual poll', () => {
  it('is refused while the consumer runs by itself', async () => {
    const { consumer } = await setUp();
    consumer.resume();
    expect(await consumer.pollOnce()).toEqual({ kind: 'refused', reason: 'running' });
  });

  it('is refused while another one runs', async () => {
    const { handle, finish } = handlerOnCall();
    const { time, consumer } = await setUp({ ports: { handle } });
    const first = consumer.pollOnce();
    await time.advance(0);
    expect(await consumer.pollOnce()).toEqual({ kind: 'refused', reason: 'busy' });
    finish([ACKNOWLEDGE]);
    await first;
  });

  it('tells that the queue is away, and may be repeated', async () => {
    const { queue, consumer } = await setUp();
    queue.outage = AWAY;
    await expect(consumer.pollOnce()).rejects.toBe(AWAY);
    queue.outage = undefined;
    expect(await consumer.pollOnce()).toMatchObject({ kind: 'polled', acknowledged: 1 });
  });
});

describe('a drain', () => {
  it('waits for running handlers and their deletes', async () => {
    const { handle, finish } = handlerOnCall();
    const { time, queue, consumer } = await setUp({ ports: { handle } });
    void consumer.pollOnce();
    await time.advance(0);
    const drained = track(consumer.drain({ timeoutMs: 25_000 }));
    await time.advance(20_000);
    expect(drained.done()).toBe(false);
    finish([ACKNOWLEDGE]);
    await time.advance(0);
    expect(await drained.promise).toEqual({ outcome: 'drained' });
    expect(queue.size).toBe(0);
  });

  it('ends at its bound and says how many polls it left', async () => {
    const { handle } = handlerOnCall();
    const { time, consumer } = await setUp({ ports: { handle } });
    void consumer.pollOnce();
    await time.advance(0);
    const drained = consumer.drain({ timeoutMs: 25_000 });
    await time.advance(25_000);
    expect(await drained).toEqual({ outcome: 'timed_out', pollsInFlight: 1 });
  });

  it('gives back at once what arrives on a poll that was already sent', async () => {
    const { time, queue, consumer } = await setUp();
    consumer.resume();
    await consumer.beginPoll();
    const drained = consumer.drain({ timeoutMs: 25_000 });
    const batch = await queue.receive({ maxMessages: 10, visibilitySeconds: 30, waitSeconds: 0 });
    expect(await consumer.process(batch)).toMatchObject({ acknowledged: 0, givenBack: 1 });
    consumer.endPoll();
    expect(await visible(queue)).toEqual(['body-0']);
    expect(await drained).toEqual({ outcome: 'drained' });
    await time.advance(0);
  });

  it('breaks off polls that are out, and what they say then is no trouble', async () => {
    const signals: ConsumerSignal[] = [];
    const abortPolls = jest.fn();
    const { consumer } = await setUp({ ports: { abortPolls, observe: (signal) => signals.push(signal) } });
    consumer.resume();
    await consumer.beginPoll();
    const drained = consumer.drain({ timeoutMs: 25_000 });
    expect(abortPolls).toHaveBeenCalledTimes(1);
    consumer.pollFailed(new Error('Request aborted'));
    consumer.endPoll();
    expect(await drained).toEqual({ outcome: 'drained' });
    expect(signals).toEqual([]);
  });

  it('is for good: no poll begins any more', async () => {
    const { time, consumer } = await setUp();
    consumer.resume();
    await consumer.drain({ timeoutMs: 25_000 });
    consumer.resume();
    const begun = track(consumer.beginPoll());
    await time.advance(60_000);
    expect(begun.done()).toBe(false);
    expect(await consumer.pollOnce()).toEqual({ kind: 'refused', reason: 'draining' });
    expect(time.timers).toBe(0);
  });
});

function track<T>(promise: Promise<T>) {
  let settled = false;
  void promise.finally(() => (settled = true));
  return { promise, done: () => settled };
}

describe('a consumer that gathers', () => {
  const gathering = async (count: number) => {
    const { time, queue, consumer } = await setUp({ count, options: { gatherMs: 250, batchSize: 3 } });
    consumer.resume();
    await consumer.beginPoll();
    const batch = await queue.receive({ maxMessages: 3, visibilitySeconds: 30, waitSeconds: 0 });
    await consumer.process(batch);
    consumer.endPoll();
    return { time, consumer, next: track(consumer.beginPoll()) };
  };

  it('lets the next poll wait after a batch that was not full, and no other', async () => {
    const { time, consumer, next } = await gathering(2);
    await time.advance(249);
    expect(next.done()).toBe(false);
    const another = track(consumer.beginPoll());
    await time.advance(0);
    expect(another.done()).toBe(true);
    await time.advance(1);
    expect(next.done()).toBe(true);
  });

  it.each([0, 3])('polls again at once after a batch of %i', async (count) => {
    const { time, next } = await gathering(count);
    await time.advance(0);
    expect(next.done()).toBe(true);
  });
});
