import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { eventually, startLocalAws } from '@latido/testing';
import { SqsQueue, systemPorts } from '../aws';
import type { BatchHandler } from '../core/consume/batch-handler';
import type { ConsumerSignal } from '../core/consume/consumer-signal';
import type { Disposition } from '../core/consume/disposition';
import { QueueConsumer } from '../core/consume/queue-consumer';
import { EmbeddedQueues } from '../testing/embedded-queues';
import { receiveAll } from '../testing/receive-all';
import type { ConsumerSettings } from './consumer-settings';
import { ConsumerModule, queueConsumerToken } from './consumer.module';

const embedded = new EmbeddedQueues();
const apps: INestApplicationContext[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});
afterAll(() => embedded.close());

const ACKNOWLEDGE: Disposition = { kind: 'acknowledge' };
const acknowledgeAll: BatchHandler = async (batch) => batch.map(() => ACKNOWLEDGE);

/** A Nest application that consumes a queue; it polls as soon as this resolves. */
async function consume(queue: SqsQueue, settings: Partial<ConsumerSettings>, pollers = 1) {
  const signals: ConsumerSignal[] = [];
  const module = ConsumerModule.register({
    name: queue.name,
    pollers,
    useFactory: () => ({
      clients: embedded.clients,
      queueUrl: queue.url,
      handle: acknowledgeAll,
      observe: (signal: ConsumerSignal) => void signals.push(signal),
      waitSeconds: 1,
      failureBackoff: { baseMs: 50, maxMs: 500 },
      ...settings,
    }),
  });
  const testing = await Test.createTestingModule({ imports: [module] }).compile();
  const app = testing.enableShutdownHooks([]);
  await app.init();
  apps.push(app);
  return {
    app,
    signals,
    consumer: app.get<QueueConsumer>(queueConsumerToken(queue.name), { strict: false }),
  };
}

const bodies = (count: number) => Array.from({ length: count }, (_, i) => `body-${i}`);

async function send(queue: SqsQueue, texts: readonly string[]): Promise<void> {
  for (let i = 0; i < texts.length; i += 10)
    await queue.sendBatch(texts.slice(i, i + 10).map((body) => ({ body, attributes: {} })));
}

describe('a consumer in a Nest application', () => {
  it('handles every message and deletes it', async () => {
    const queue = await embedded.queue();
    await send(queue, bodies(25));
    const seen: string[] = [];
    const handle: BatchHandler = async (batch) => {
      seen.push(...batch.map(({ body }) => body));
      return batch.map(() => ACKNOWLEDGE);
    };
    const { app } = await consume(queue, { handle }, 3);
    await eventually(() => expect(seen).toHaveLength(25), { withinMs: 10_000 });
    await app.close();
    expect(seen.toSorted()).toEqual(bodies(25).toSorted());
    expect(await queue.receive({ maxMessages: 10, visibilitySeconds: 1, waitSeconds: 1 })).toEqual([]);
  });

  it('handles as many batches at the same time as it has pollers', async () => {
    const queue = await embedded.queue();
    let running = 0;
    let release: () => void = () => {};
    const all = new Promise<void>((resolve) => (release = resolve));
    const handle: BatchHandler = async (batch) => {
      if ((running += 1) === 3) release();
      await all;
      return batch.map(() => ACKNOWLEDGE);
    };
    await send(queue, bodies(3));
    await consume(queue, { handle, batchSize: 1 }, 3);
    await all;
    expect(running).toBe(3);
  });

  it('delivers again only what was given back', async () => {
    const queue = await embedded.queue();
    await send(queue, bodies(5));
    const seen: string[] = [];
    const handle: BatchHandler = async (batch) =>
      batch.map(({ body, receiveCount }) => {
        seen.push(body);
        return body === 'body-2' && receiveCount === 1 ? { kind: 'giveBack', delaySeconds: 0 } : ACKNOWLEDGE;
      });
    await consume(queue, { handle });
    await eventually(() => expect(seen).toHaveLength(6), { withinMs: 10_000 });
    expect(seen.toSorted()).toEqual([...bodies(5), 'body-2'].toSorted());
  });

  it('sends poison away with its reason, runs the hook, and handles the neighbours', async () => {
    const [queue, deadLetterQueue] = [await embedded.queue(), await embedded.queue()];
    await send(queue, bodies(3));
    const hooked: string[] = [];
    const handle: BatchHandler = async (batch) =>
      batch.map(({ body }) =>
        body === 'body-1' ? { kind: 'deadLetter', reason: 'not_json', requestId: 'event-1' } : ACKNOWLEDGE,
      );
    const { signals } = await consume(queue, {
      handle,
      deadLetterQueueUrl: deadLetterQueue.url,
      afterDeadLetter: async ({ body }) => void hooked.push(body),
    });
    const [letter] = await eventually(async () => receiveAll(deadLetterQueue, 1), { withinMs: 10_000 });
    expect(letter).toMatchObject({
      body: 'body-1',
      attributes: { deadLetterReason: 'not_json', requestId: 'event-1' },
    });
    expect(hooked).toEqual(['body-1']);
    await eventually(
      () => expect(signals.flatMap((s) => (s.kind === 'deleted' ? [s.messages] : []))).toEqual([3]),
      { withinMs: 5_000 },
    );
  });

  it('keeps a message hidden from others while its handler runs longer than the visibility', async () => {
    const queue = await embedded.queue();
    await send(queue, ['slow']);
    let finish: () => void = () => {};
    const finished = new Promise<void>((resolve) => (finish = resolve));
    let deliveries = 0;
    const handle: BatchHandler = async (batch) => {
      deliveries += 1;
      await finished;
      return batch.map(() => ACKNOWLEDGE);
    };
    const { app } = await consume(queue, { handle, visibilitySeconds: 1 }, 2);
    // The visibility is the broker's: only real time can tell.
    await delay(2_500);
    expect(deliveries).toBe(1);
    finish();
    await app.close();
    expect(await queue.receive({ maxMessages: 10, visibilitySeconds: 1, waitSeconds: 0 })).toEqual([]);
  });

  it('deletes two deliveries of one message that came in one batch', async () => {
    const queue = await embedded.queue();
    await send(queue, ['twice']);
    const first = await queue.receive({ maxMessages: 1, visibilitySeconds: 0, waitSeconds: 1 });
    const second = await queue.receive({ maxMessages: 1, visibilitySeconds: 30, waitSeconds: 1 });
    expect(second[0]?.messageId).toBe(first[0]?.messageId);
    const signals: ConsumerSignal[] = [];
    const consumer = new QueueConsumer({
      queue,
      handle: acknowledgeAll,
      observe: (signal) => void signals.push(signal),
      ...systemPorts,
    });
    await consumer.process([...first, ...second]);
    expect(signals).toContainEqual({ kind: 'deleted', messages: 2 });
    expect(signals.filter(({ kind }) => kind === 'trouble')).toEqual([]);
  });

  it('is waited for by the end of the application: the running handler ends and its message is deleted', async () => {
    const queue = await embedded.queue();
    await send(queue, ['running']);
    let started: () => void = () => {};
    let finish: () => void = () => {};
    const running = new Promise<void>((resolve) => (started = resolve));
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const handle: BatchHandler = async (batch) => {
      started();
      await finished;
      return batch.map(() => ACKNOWLEDGE);
    };
    const { app } = await consume(queue, { handle, visibilitySeconds: 1 });
    await running;
    let closed = false;
    const closing = app.close().then(() => (closed = true));
    await delay(1_500);
    expect(closed).toBe(false);
    finish();
    await closing;
    expect(await queue.receive({ maxMessages: 10, visibilitySeconds: 1, waitSeconds: 1 })).toEqual([]);
  });

  it('is not held up by pollers that wait for a first message', async () => {
    const { consumer, signals } = await consume(await embedded.queue(), { waitSeconds: 20 }, 2);
    await eventually(() => expect(consumer.status().pollsInFlight).toBe(2), { withinMs: 10_000 });
    expect(await consumer.drain({ timeoutMs: 10_000 })).toEqual({ outcome: 'drained' });
    expect(signals).toEqual([]);
  });

  it('receives nothing in manual mode but what it is asked for', async () => {
    const queue = await embedded.queue();
    await send(queue, ['one']);
    const { consumer, signals } = await consume(queue, { startPaused: true });
    expect(await consumer.pollOnce()).toMatchObject({ kind: 'polled', acknowledged: 1 });
    await send(queue, ['two']);
    expect(signals.filter(({ kind }) => kind === 'received')).toHaveLength(1);
    consumer.resume();
    expect(await consumer.pollOnce()).toEqual({ kind: 'refused', reason: 'running' });
    await eventually(() => expect(signals.filter(({ kind }) => kind === 'deleted')).toHaveLength(2), {
      withinMs: 10_000,
    });
  });
});

describe('when the broker is killed and comes back', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'latido-messaging-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('the consumer says why it is failing, lives on, and handles what waited', async () => {
    const aws = await startLocalAws({ dataDir });
    const own = new EmbeddedQueues(aws.env);
    const queue = await own.queue();
    const seen: string[] = [];
    const handle: BatchHandler = async (batch) => {
      seen.push(...batch.map(({ body }) => body));
      return batch.map(() => ACKNOWLEDGE);
    };
    const { app, consumer } = await consume(queue, { clients: own.clients, handle }, 2);
    await send(queue, ['before']);
    await eventually(() => expect(seen).toEqual(['before']), { withinMs: 10_000 });
    await consumer.pause();
    await send(queue, ['waiting']);
    await aws.process.kill('SIGKILL');
    consumer.resume();
    await eventually(
      () =>
        expect(consumer.status()).toMatchObject({ lastTrouble: { where: 'receive', code: 'unavailable' } }),
      { withinMs: 20_000 },
    );
    const again = await startLocalAws({ dataDir, ports: aws.ports });
    await eventually(() => expect(seen).toEqual(['before', 'waiting']), { withinMs: 30_000 });
    await eventually(() => expect(consumer.status().failuresInARow).toBe(0), { withinMs: 10_000 });
    await app.close();
    await again.process.kill();
    own.close();
  }, 60_000);
});
