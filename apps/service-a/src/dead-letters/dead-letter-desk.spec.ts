import { DeadLetters, type MessageQueue, MessagingError } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { InMemoryQueue } from '@latido/messaging/in-memory';
import type { OutboxEntry } from '@latido/write-ahead-log';
import { type MemoryProcess, MemoryWorld, settle, startProcess } from '../testing/memory-service';
import { DeadLetterDesk } from './dead-letter-desk';

/** Queues in memory count their messages; at AWS no two queues share an id. */
async function useUpFirstId(queue: InMemoryQueue): Promise<void> {
  await queue.sendBatch([{ body: '', attributes: {} }]);
  const [first] = await queue.receive({ maxMessages: 1, visibilitySeconds: 1, waitSeconds: 0 });
  await queue.delete([first?.receiptHandle ?? '']);
}

describe('DeadLetterDesk', () => {
  let world: MemoryWorld;
  let process: MemoryProcess;
  let entry: OutboxEntry;
  let queues: Record<'events' | 'eventsDead' | 'receipts' | 'receiptsDead', InMemoryQueue>;
  let desk: DeadLetterDesk;

  beforeEach(async () => {
    world = new MemoryWorld();
    process = await startProcess(world);
    await process.acceptor.accept({ command: { subject: 'cart-7', operation: 'put', data: {} } });
    await settle();
    entry = world.outbox.all()[0]!;
    const queue = () => new InMemoryQueue(() => world.nowMs);
    queues = { events: queue(), eventsDead: queue(), receipts: queue(), receiptsDead: queue() };
    const letters = (deadLetterQueue: MessageQueue, sourceQueue: MessageQueue) =>
      new DeadLetters({ deadLetterQueue, sourceQueue }, sha256Hex);
    desk = new DeadLetterDesk(
      [
        { queue: 'service-b-events', letters: letters(queues.eventsDead, queues.events), isOwnEvents: true },
        {
          queue: 'service-a-receipts',
          letters: letters(queues.receiptsDead, queues.receipts),
          isOwnEvents: false,
        },
      ],
      process.outbox,
    );
    await queues.eventsDead.sendBatch([
      { body: entry.message, attributes: { deadLetterReason: 'unknown_version', requestId: entry.id } },
    ]);
    await useUpFirstId(queues.receiptsDead);
    await queues.receiptsDead.sendBatch([{ body: 'hello', attributes: { deadLetterReason: 'not_json' } }]);
  });

  const fail = async (certain: boolean) =>
    process.outbox.settle({
      id: entry.id,
      fingerprint: entry.fingerprint,
      result: 'failed',
      certain,
      reason: 'unknown_version',
    });
  const idOf = async (queue: string) => (await desk.list({ limit: 10, queue }))[0]!.id;

  it('lists the letters of both edges, each with its queue and reason', async () => {
    expect(await desk.list({ limit: 10 })).toMatchObject([
      { queue: 'service-b-events', reason: 'unknown_version', requestId: entry.id },
      { queue: 'service-a-receipts', reason: 'not_json' },
    ]);
  });

  it('lists the letters of one queue', async () => {
    expect(await desk.list({ limit: 10, queue: 'service-a-receipts' })).toHaveLength(1);
  });

  it('sends an event back to its queue, and lets its failed entry wait again', async () => {
    await fail(false);
    const result = await desk.redrive(await idOf('service-b-events'));
    expect(result).toMatchObject({ outcome: 'redriven', event: 'redriven' });
    expect([queues.events.size, queues.eventsDead.size]).toEqual([1, 0]);
    expect(await world.outbox.read(entry.id)).toMatchObject({ status: 'pending', redrivenAtMs: world.nowMs });
  });

  it('leaves an entry failed whose rejection is certain, although the letter was sent', async () => {
    await fail(true);
    expect(await desk.redrive(await idOf('service-b-events'))).toMatchObject({
      outcome: 'redriven',
      event: 'certain',
    });
    expect(await world.outbox.read(entry.id)).toMatchObject({ status: 'failed', certain: true });
  });

  it('finds a letter of the second queue, and touches no entry for it', async () => {
    const result = await desk.redrive(await idOf('service-a-receipts'));
    expect(result).toMatchObject({ outcome: 'redriven', letter: { queue: 'service-a-receipts' } });
    expect(result).not.toHaveProperty('event');
    expect([queues.receipts.size, queues.receiptsDead.size]).toEqual([1, 0]);
  });

  it('says that there is no such letter', async () => {
    expect(await desk.redrive('nobody')).toEqual({ outcome: 'not_found' });
  });

  it('redrives everything', async () => {
    await fail(false);
    const results = await desk.redriveAll({ limit: 100 });
    expect(results.map(({ outcome }) => outcome)).toEqual(['redriven', 'redriven']);
    expect([queues.eventsDead.size, queues.receiptsDead.size]).toEqual([0, 0]);
  });

  it('keeps the letter and the failed entry when the queue cannot be reached', async () => {
    await fail(false);
    const id = await idOf('service-b-events');
    queues.events.outage = new MessagingError('unavailable', 'service-b-events', 'away');
    expect(await desk.redrive(id)).toMatchObject({ outcome: 'failed', code: 'unavailable' });
    expect(queues.eventsDead.size).toBe(1);
    expect(await world.outbox.read(entry.id)).toMatchObject({ status: 'failed' });
  });
});
