import type { SnapshotStore } from '../snapshot-store';

/** What every {@link SnapshotStore} must do. @param newReplica - a replica number no other test uses. */
export function describeSnapshotStoreContract(
  name: string,
  makeStore: () => SnapshotStore,
  newReplica: () => number,
): void {
  describe(`snapshot store: ${name}`, () => {
    test('has nothing for a replica that never saved', async () => {
      expect(await makeStore().load(newReplica())).toBeUndefined();
    });

    test('gives back the newest snapshot, unchanged', async () => {
      const [store, replica] = [makeStore(), newReplica()];
      for (const text of ['{"n":1}', '{"n":2,"name":"ünïcode"}', '{"n":3}']) {
        await store.save(replica, text);
        expect(await store.load(replica)).toBe(text);
      }
    });

    test('keeps replicas apart', async () => {
      const store = makeStore();
      const [one, other] = [newReplica(), newReplica()];
      await store.save(one, 'one');
      await store.save(other, 'other');
      expect([await store.load(one), await store.load(other)]).toEqual(['one', 'other']);
    });

    test('keeps a large snapshot, and a small one after it', async () => {
      const [store, replica] = [makeStore(), newReplica()];
      const large = Array.from({ length: 20_000 }, () => Math.random().toString(36)).join();
      await store.save(replica, large);
      expect(await store.load(replica)).toBe(large);
      await store.save(replica, 'small');
      expect(await store.load(replica)).toBe('small');
    });
  });
}
