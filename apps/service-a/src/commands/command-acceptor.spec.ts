import * as fc from 'fast-check';
import { fingerprintOf, parseEnvelope } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { type MemoryProcess, MemoryWorld, settle, startProcess } from '../testing/memory-service';
import type { AcceptOutcome } from './command-acceptor';
import type { EventCommand } from './event-command';

const command: EventCommand = { subject: 'cart-7', operation: 'put', data: { items: 2 } };

describe('CommandAcceptor', () => {
  let world: MemoryWorld;
  let process: MemoryProcess;

  beforeEach(async () => {
    world = new MemoryWorld();
    process = await startProcess(world);
  });

  const accept = async (over: Partial<EventCommand> = {}, key?: string, by = process) => {
    const outcome = await by.acceptor.accept({ command: { ...command, ...over }, key });
    await settle();
    return outcome;
  };
  const accepted = (outcome: AcceptOutcome) => {
    if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
    return outcome;
  };
  const envelopeAt = (index: number) => {
    const body = world.published[index]?.body ?? '';
    const parsed = parseEnvelope(body, { messageId: 'm', sentAtMs: 0, sha256Hex });
    if (parsed.outcome !== 'event') throw new Error(parsed.detail);
    return parsed.envelope;
  };

  it('publishes the command as an event under the contract of state changes', async () => {
    const { id, lamport } = accepted(await accept({ causedBy: 'order-1' }));
    expect(envelopeAt(0)).toEqual({
      id,
      source: '/service-a',
      type: 'latido.state.changed.v1',
      subject: 'cart-7',
      time: '2026-11-20T12:00:00.000Z',
      dataschema: 'urn:latido:contract:latido.state.changed:1',
      data: { operation: 'put', value: { items: 2 } },
      lamport,
      epoch: 0,
      sequence: 1,
      causedby: 'order-1',
    });
  });

  it('writes the outbox entry with the fingerprint that a consumer computes from the event', async () => {
    const { id } = accepted(await accept());
    const entry = await world.outbox.read(id);
    expect(entry).toMatchObject({ status: 'pending', subject: 'cart-7', topic: 'state-events' });
    expect(entry?.fingerprint).toBe(fingerprintOf(envelopeAt(0), sha256Hex));
    expect(entry?.message).toBe(world.published[0]?.body);
  });

  it('has the outbox entry before it publishes', async () => {
    const entries: number[] = [];
    const topic = {
      publish: async () => {
        entries.push(world.outbox.all().length);
        return [];
      },
    };
    await accept({}, undefined, await startProcess(world, { topic }));
    expect(entries).toEqual([1]);
  });

  it('answers without waiting for the topic', async () => {
    const topic = { publish: async () => new Promise<never>(() => undefined) };
    expect(await accept({}, undefined, await startProcess(world, { topic }))).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('makes a fresh event of each command without a key', async () => {
    const first = accepted(await accept());
    const second = accepted(await accept());
    expect(second.id).not.toBe(first.id);
    expect(world.published).toHaveLength(2);
    expect(await world.claims.read('http#undefined')).toBeUndefined();
  });

  it('answers a copy with the same key as it answered the first, in any process', async () => {
    const first = await accept({}, 'key-1');
    expect(await accept({}, 'key-1')).toEqual(first);
    expect(await accept({}, 'key-1', await startProcess(world))).toEqual(first);
    expect(world.published).toHaveLength(1);
    expect(world.outbox.all()).toHaveLength(1);
  });

  it.each<Partial<EventCommand>>([
    { subject: 'cart-8' },
    { operation: 'merge' },
    { data: { items: 3 } },
    { causedBy: 'x' },
    { afterLamport: 1 },
  ])('refuses another body under a key that was used (%j) and leaves the first result', async (other) => {
    const { id } = accepted(await accept({}, 'key-1'));
    const before = await world.outbox.read(id);
    expect(await accept(other, 'key-1')).toEqual({ outcome: 'key_reused' });
    expect(world.outbox.all()).toEqual([before]);
    expect(world.published).toHaveLength(1);
  });

  it('stores in the claim all that the event is made of', async () => {
    const { id, lamport } = accepted(await accept({}, 'key-1'));
    expect((await world.claims.read('http#key-1'))?.decision).toEqual({
      id,
      lamport,
      epoch: 0,
      sequence: 1,
      time: '2026-11-20T12:00:00.000Z',
      contractVersion: '1',
    });
  });

  it('stamps the event above the time that the client saw elsewhere', async () => {
    expect(accepted(await accept({ afterLamport: 700 })).lamport).toBeGreaterThan(700);
  });

  it('numbers events from 1 without a gap and reports each number that an entry carries', async () => {
    await accept();
    await accept();
    expect([envelopeAt(0).sequence, envelopeAt(1).sequence]).toEqual([1, 2]);
    expect([...process.numbers.fates]).toEqual([
      [1, 'published'],
      [2, 'published'],
    ]);
  });

  it('reports the number of a copy as void, because its event carries the first one', async () => {
    await accept({}, 'key-1');
    await accept({}, 'key-1');
    expect([...process.numbers.fates.values()]).toEqual(['published', 'void']);
  });

  it('reports the number of a refused command as void', async () => {
    await accept({}, 'key-1');
    await accept({ subject: 'cart-8' }, 'key-1');
    expect([...process.numbers.fates.values()]).toEqual(['published', 'void']);
  });

  it('refuses an event that no topic takes, before it claims the key', async () => {
    const data = { text: 'x'.repeat(260_000) };
    expect(await accept({ data }, 'key-1')).toEqual({ outcome: 'too_large' });
    expect(await world.claims.read('http#key-1')).toBeUndefined();
    expect([...process.numbers.fates.values()]).toEqual(['void']);
    expect(await accept({}, 'key-1')).toMatchObject({ outcome: 'accepted' });
  });

  it('publishes characters that SQS does not carry as escapes of the same text', async () => {
    await accept({ data: { text: '\ufffe and \uffff' } });
    expect(world.published[0]?.body).not.toMatch(/[\ufffe\uffff]/);
    expect(envelopeAt(0).data).toEqual({ operation: 'put', value: { text: '\ufffe and \uffff' } });
  });

  it('makes one event of each key, however its copies come together', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 20 }),
        async (keys) => {
          world = new MemoryWorld();
          const processes = await Promise.all([startProcess(world), startProcess(world)]);
          await Promise.all(
            keys.map((key, i) =>
              processes[i % 2]!.acceptor.accept({
                command: { ...command, subject: `s-${key}` },
                key: `k-${key}`,
              }),
            ),
          );
          await settle();
          expect(
            world.outbox
              .all()
              .map(({ subject }) => subject)
              .toSorted(),
          ).toEqual([...new Set(keys)].map((key) => `s-${key}`).toSorted());
          expect(new Set(world.published.map(({ body }) => body)).size).toBe(new Set(keys).size);
          for (const { numbers } of processes) expect([...numbers.fates.values()]).not.toContain('open');
        },
      ),
      { numRuns: 50 },
    );
  });
});
