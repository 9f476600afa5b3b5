import { ContractRegistry, RECEIPT_V1, type ReceivedMessage } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { byFate, type Fate, faulty } from '@latido/simulation';
import { Outbox, type OutboxEntry, type OutboxStore } from '@latido/write-ahead-log';
import { aMessage, aReceipt } from '../testing/a-receipt';
import { type MemoryProcess, MemoryWorld, settle, startProcess } from '../testing/memory-service';
import { handleReceipts, requireSomeHandled } from './handle-receipts';

describe('handleReceipts', () => {
  let world: MemoryWorld;
  let process: MemoryProcess;
  let entry: OutboxEntry;
  let merged: number[];

  beforeEach(async () => {
    world = new MemoryWorld();
    process = await startProcess(world);
    merged = [];
    await process.acceptor.accept({ command: { subject: 'cart-7', operation: 'put', data: {} } });
    await settle();
    entry = world.outbox.all()[0]!;
  });

  const outboxOver = (store: OutboxStore) =>
    new Outbox({ store, now: () => world.nowMs }, { entryLifeMs: 1, overdueAfterMs: 1 });
  const handle = async (messages: readonly ReceivedMessage[], store: OutboxStore = world.outbox) =>
    handleReceipts(messages, {
      contracts: new ContractRegistry([RECEIPT_V1]),
      clock: {
        merge: async (remote) => {
          merged.push(remote);
          return { time: remote + 1, adopted: remote, flagged: false };
        },
      },
      outbox: outboxOver(store),
      maxReceiveCount: 100,
      sha256Hex,
    });
  const own = () => ({ requestId: entry.id, fingerprint: entry.fingerprint });
  const stored = async () => world.outbox.read(entry.id);

  it('completes the entry with its version, and acknowledges', async () => {
    const [handled] = await handle([aReceipt({ ...own(), version: 9 })]);
    expect(handled?.disposition).toEqual({ kind: 'acknowledge' });
    expect(handled?.settled?.settlement.outcome).toBe('settled');
    expect(await stored()).toMatchObject({ status: 'complete', version: 9 });
  });

  it('merges the Lamport time of the receipt before it settles', async () => {
    await handle([aReceipt(own())]);
    expect(merged).toEqual([41]);
  });

  it.each([true, false])('fails the entry with the reason (certain: %s)', async (certain) => {
    await handle([aReceipt({ ...own(), outcome: 'failed', certain, reason: 'value_too_large' })]);
    expect(await stored()).toMatchObject({ status: 'failed', certain, reason: 'value_too_large' });
  });

  it('lets an applied event stay complete, whatever comes later', async () => {
    await handle([aReceipt(own())]);
    await handle([aReceipt({ ...own(), outcome: 'failed', certain: true, reason: 'invalid_data' })]);
    expect(await stored()).toMatchObject({ status: 'complete', version: 1 });
  });

  it('completes an entry that had failed without certainty', async () => {
    await handle([aReceipt({ ...own(), outcome: 'failed', certain: false, reason: 'dead_lettered' })]);
    await handle([aReceipt(own())]);
    expect(await stored()).toMatchObject({ status: 'complete' });
  });

  it('ignores a receipt with another fingerprint, and is done with it', async () => {
    const impostor = { requestId: entry.id, fingerprint: 'f'.repeat(64) };
    const [handled] = await handle([
      aReceipt({ ...impostor, outcome: 'failed', certain: true, reason: 'invalid_data' }),
    ]);
    expect(handled?.disposition).toEqual({ kind: 'acknowledge' });
    expect(await stored()).toEqual(entry);
  });

  it('makes no entry for an event that it does not know', async () => {
    const [handled] = await handle([aReceipt({ requestId: 'unknown', fingerprint: entry.fingerprint })]);
    expect(handled?.disposition).toEqual({ kind: 'acknowledge' });
    expect(handled?.settled?.settlement).toEqual({ outcome: 'unknown' });
    expect(world.outbox.all()).toEqual([entry]);
  });

  it.each([
    ['what is no JSON', 'hello', 'not_json'],
    ['an unknown type', '{"specversion":"1.0","id":"1","source":"/b","type":"other.v1"}', 'unknown_type'],
    [
      'an unknown version',
      '{"specversion":"1.0","id":"1","source":"/b","type":"latido.receipt.v9"}',
      'unknown_version',
    ],
    [
      'invalid data',
      '{"specversion":"1.0","id":"1","source":"/b","type":"latido.receipt.v1","data":{}}',
      'invalid_data',
    ],
  ])('dead-letters %s with the reason, and settles its neighbours', async (_what, body, reason) => {
    const [poison, good] = await handle([aMessage(body), aReceipt(own())]);
    expect(poison?.disposition).toMatchObject({ kind: 'deadLetter', reason });
    expect(good?.disposition).toEqual({ kind: 'acknowledge' });
    expect(await stored()).toMatchObject({ status: 'complete' });
  });

  it('dead-letters a receipt that was received too often, without trying it', async () => {
    const [handled] = await handle([aReceipt(own(), { receiveCount: 91 })]);
    expect(handled).toMatchObject({
      disposition: { kind: 'deadLetter', reason: 'max_receives' },
      envelope: { sequence: 3 },
    });
    expect(await stored()).toEqual(entry);
  });

  it('throws when the store is away, so that the whole batch comes again', async () => {
    const away = faulty(
      'outbox',
      world.outbox,
      byFate(() => 'failed'),
    );
    const handled = await handle([aReceipt(own()), aReceipt(own())], away);
    expect(handled.map(({ disposition }) => disposition.kind)).toEqual(['giveBack', 'giveBack']);
    expect(() => requireSomeHandled(handled)).toThrow('no answer');
  });

  it('gives one back whose entry could not be reached, and settles the others', async () => {
    const flaky = faulty(
      'outbox',
      world.outbox,
      byFate(({ args }) => (args[0] === 'elsewhere' ? 'failed' : 'ok')),
    );
    const handled = await handle(
      [aReceipt({ requestId: 'elsewhere', fingerprint: entry.fingerprint }), aReceipt(own())],
      flaky,
    );
    expect(handled.map(({ disposition }) => disposition.kind)).toEqual(['giveBack', 'acknowledge']);
    expect(handled[0]).toHaveProperty('envelope.sequence', 3);
    expect(() => requireSomeHandled(handled)).not.toThrow();
  });

  it.each(
    ['outbox.read', 'outbox.replace'].flatMap((name, at) =>
      (['failed', 'lost_reply', 'hangs', 'silent'] as Fate[]).map((fate) => ({ name, at, fate })),
    ),
  )('settles the same once when $name meets "$fate" and the receipt comes again', async ({ at, fate }) => {
    const store = faulty(
      'outbox',
      world.outbox,
      byFate((_call, index) => (index === at ? fate : 'ok')),
    );
    const first = handle([aReceipt(own())], store).catch(() => undefined);
    if (fate === 'failed' || fate === 'lost_reply') await first;
    else await settle();
    await handle([aReceipt(own())]);
    expect(await stored()).toMatchObject({ status: 'complete', version: 1, revision: 2 });
  });
});
