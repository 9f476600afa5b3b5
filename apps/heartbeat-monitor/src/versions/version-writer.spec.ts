import type { JsonValue, Version, VersionStore } from '@latido/versioned-value';
import { InMemoryVersionStore } from '@latido/versioned-value/in-memory';
import { VersionContendedError, VersionWriter } from './version-writer';

function writerOn(store: Pick<VersionStore, 'readHead' | 'putIfAbsent'>): VersionWriter {
  let count = 0;
  return new VersionWriter({
    store,
    clock: { epoch: 7, tick: async () => (count += 1) },
    now: () => 1_700_000_000_000.5,
    newToken: () => `token-${Math.random()}`,
    sha256Hex: (text) => text,
  });
}

const valueOf = (version: Version | undefined): JsonValue | undefined =>
  version?.content.kind === 'value' ? version.content.value : undefined;

describe('VersionWriter', () => {
  test('writes version after version, stamped by the clock', async () => {
    const store = new InMemoryVersionStore();
    const writer = writerOn(store);
    for (const n of [1, 2]) await writer.write('s', () => ({ value: n, requestId: `r-${n}` }));
    expect(await store.readHead('s')).toMatchObject({
      number: 2,
      lamport: 2,
      requestId: 'r-2',
      writtenAtMs: 1_700_000_000_000,
      cause: { kind: 'event', source: '/heartbeat-monitor', epoch: 7 },
    });
  });

  test('writes nothing when the head says it already', async () => {
    const store = new InMemoryVersionStore();
    expect(await writerOn(store).write('s', () => undefined)).toBeUndefined();
    expect(await store.readHead('s')).toBeUndefined();
  });

  test('judges the head anew when another replica was faster', async () => {
    const store = new InMemoryVersionStore();
    const seen: (number | undefined)[] = [];
    await writerOn(store).write('s', async (head) => {
      seen.push(head?.number);
      if (seen.length === 1) await writerOn(store).write('s', () => ({ value: 'other', requestId: 'o' }));
      return { value: 'mine', requestId: 'm' };
    });
    expect(seen).toEqual([undefined, 1]);
    expect(valueOf(await store.read('s', 2))).toBe('mine');
  });

  test('recognises its own write when the reply was lost', async () => {
    const store = new InMemoryVersionStore();
    const forgetful = {
      readHead: store.readHead.bind(store),
      putIfAbsent: async (version: Version) => {
        await store.putIfAbsent(version);
        return store.putIfAbsent(version);
      },
    };
    expect(await writerOn(forgetful).write('s', () => ({ value: 1, requestId: 'r' }))).toMatchObject({
      number: 1,
    });
  });

  test('gives up when others are always faster', async () => {
    const refusing = {
      readHead: async () => undefined,
      putIfAbsent: async () => ({ outcome: 'refused' }) as const,
    };
    const writing = writerOn(refusing).write('s', () => ({ value: 1, requestId: 'r' }));
    await expect(writing).rejects.toThrow(VersionContendedError);
  });
});
