import type { EventIndex, OutboxEntry, OutboxStatus, OutboxStore } from '../core/outbox-entry';

/**
 * What every {@link OutboxStore} must do. `makeStore` may answer the same store for the same setting; each
 * test uses a service name of its own, made by `newService`, and ids that begin with it.
 */
export function describeOutboxStoreContract(
  name: string,
  makeStore: (eventIndex: EventIndex) => OutboxStore | Promise<OutboxStore>,
  newService: () => string,
): void {
  describe(`outbox store: ${name}`, () => {
    let store: OutboxStore;
    let entry: OutboxEntry;

    beforeEach(async () => {
      store = await makeStore('all');
      entry = entryOf(newService());
    });

    it('answers nothing for an id it does not know', async () => {
      expect(await store.read(entry.id)).toBeUndefined();
    });

    it('gives back a pending entry as it was put', async () => {
      expect(await store.putIfAbsent(entry)).toEqual({ outcome: 'stored' });
      expect(await store.read(entry.id)).toEqual(entry);
    });

    it('keeps the message byte for byte', async () => {
      const message = '{"b":1, "a":"\\u00e4 ä 😀",\t"n":1.0}';
      await store.putIfAbsent({ ...entry, message });
      expect((await store.read(entry.id))?.message).toBe(message);
    });

    it('refuses a put under a known id, and answers what is there', async () => {
      await store.putIfAbsent(entry);
      const write = await store.putIfAbsent({ ...entry, subject: 'other' });
      expect(write).toEqual({ outcome: 'refused', stored: entry });
    });

    it.each<Partial<OutboxEntry>>([
      { status: 'complete', settledAtMs: 1_700_000_009_000, version: 7 },
      { status: 'failed', settledAtMs: 1_700_000_009_000, certain: true, reason: 'data_invalid' },
      { status: 'failed', settledAtMs: 1_700_000_009_000, certain: false, reason: 'dead_lettered' },
      { status: 'pending', redrivenAtMs: 1_700_000_009_000, attempts: 0 },
    ])('gives back an entry changed to %p', async (change) => {
      await store.putIfAbsent(entry);
      const to = { ...entry, ...change, revision: 2 };
      expect(await store.replace({ from: entry, to })).toEqual({ outcome: 'stored' });
      expect(await store.read(entry.id)).toEqual(to);
    });

    it('refuses to replace an entry whose revision has moved, and answers what is there', async () => {
      const stored = { ...entry, revision: 2, attempts: 5 };
      await store.putIfAbsent(stored);
      const to = { ...entry, revision: 2, attempts: 9 };
      expect(await store.replace({ from: entry, to })).toEqual({ outcome: 'refused', stored });
      expect(await store.read(entry.id)).toEqual(stored);
    });

    it('refuses to replace an entry that is not there, and makes none', async () => {
      const write = await store.replace({ from: entry, to: { ...entry, revision: 2 } });
      expect(write).toEqual({ outcome: 'refused' });
      expect(await store.read(entry.id)).toBeUndefined();
    });

    it('lets one of many replacements through', async () => {
      await store.putIfAbsent(entry);
      const writes = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          store.replace({ from: entry, to: { ...entry, revision: 2, attempts: i } }),
        ),
      );
      expect(writes.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
    });

    it('lists the entries of one service and status, the next due first, without their messages', async () => {
      await putAll(store, entry, [30, 10, 20]);
      await store.putIfAbsent({ ...entry, id: `${entry.id}-failed`, status: 'failed' });
      await store.putIfAbsent(entryOf(newService()));
      const { entries } = await store.listByStatus(pendingOf(entry));
      expect(entries.map(({ nextAtMs }) => nextAtMs)).toEqual([10, 20, 30]);
      const { message: _message, ...summary } = { ...entry, id: `${entry.id}-10`, nextAtMs: 10 };
      expect(entries[0]).toEqual(summary);
    });

    it('lists only what is due, the limit included', async () => {
      await putAll(store, entry, [10, 20, 21]);
      const { entries } = await store.listByStatus({ ...pendingOf(entry), dueBeforeMs: 20 });
      expect(entries.map(({ nextAtMs }) => nextAtMs)).toEqual([10, 20]);
    });

    it('pages through entries without leaving one out or giving one twice, also with equal times', async () => {
      await putAll(store, entry, [10, 20, 30, 40]);
      for (const twin of ['a', 'b', 'c'])
        await store.putIfAbsent({ ...entry, id: `${entry.id}-${twin}`, nextAtMs: 20 });
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.listByStatus({
          ...pendingOf(entry),
          limit: 2,
          ...(cursor !== undefined && { cursor }),
        });
        expect(page.entries.length).toBeLessThanOrEqual(2);
        ids.push(...page.entries.map(({ id }) => id));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(ids).toHaveLength(7);
      expect(new Set(ids).size).toBe(7);
    });

    it('moves an entry in the list when its time moves', async () => {
      await putAll(store, entry, [10, 20]);
      const first = { ...entry, id: `${entry.id}-10`, nextAtMs: 10 };
      await store.replace({ from: first, to: { ...first, nextAtMs: 50, revision: 2 } });
      const { entries } = await store.listByStatus(pendingOf(entry));
      expect(entries.map(({ nextAtMs }) => nextAtMs)).toEqual([20, 50]);
    });

    it('refuses a cursor that no page gave', async () => {
      await expect(store.listByStatus({ ...pendingOf(entry), cursor: '{"x":1}' })).rejects.toMatchObject({
        code: 'invalid_cursor',
      });
    });

    it.each<[EventIndex, OutboxStatus, number]>([
      ['all', 'pending', 1],
      ['all', 'failed', 1],
      ['all', 'complete', 1],
      ['open', 'pending', 1],
      ['open', 'failed', 1],
      ['open', 'complete', 0],
    ])(
      'with the index of %s entries, lists a %s one %d times and finds it by id',
      async (index, status, times) => {
        store = await makeStore(index);
        await store.putIfAbsent(entry);
        const to = { ...entry, status, revision: 2 };
        await store.replace({ from: entry, to });
        const { entries } = await store.listByStatus({ ...pendingOf(entry), status });
        expect(entries).toHaveLength(times);
        expect(await store.read(entry.id)).toEqual(to);
      },
    );
  });
}

async function putAll(store: OutboxStore, entry: OutboxEntry, times: readonly number[]): Promise<void> {
  for (const nextAtMs of times)
    await store.putIfAbsent({ ...entry, id: `${entry.id}-${nextAtMs}`, nextAtMs });
}

function pendingOf({ service }: OutboxEntry): { service: string; status: 'pending'; limit: number } {
  return { service, status: 'pending', limit: 100 };
}

function entryOf(service: string): OutboxEntry {
  return {
    id: `${service}-id`,
    service,
    subject: 'cart-7',
    status: 'pending',
    topic: 'state-events',
    message: '{"specversion":"1.0"}',
    fingerprint: 'f'.repeat(64),
    createdAtMs: 1_700_000_000_000,
    nextAtMs: 1_700_000_005_000,
    attempts: 1,
    revision: 1,
    expiresAtEpochSeconds: 4_000_000_000,
  };
}
