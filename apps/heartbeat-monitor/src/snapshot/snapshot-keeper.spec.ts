import { createDetector, detectorSettings } from '@latido/failure-detector';
import { InMemorySnapshotStore } from './in-memory-snapshot-store';
import { SnapshotKeeper } from './snapshot-keeper';

const detector = createDetector({ settings: detectorSettings(), nowMs: 1_000 });

function keeperOn(store: InMemorySnapshotStore) {
  const troubles: unknown[] = [];
  const keeper = new SnapshotKeeper({ store, replica: 0, onTrouble: (error) => troubles.push(error) });
  return { keeper, troubles };
}

describe('SnapshotKeeper', () => {
  test('gives back what it saved', async () => {
    const { keeper } = keeperOn(new InMemorySnapshotStore());
    expect(await keeper.load()).toBeUndefined();
    expect(await keeper.save(detector)).toBe(true);
    expect(await keeper.load()).toEqual(detector.snapshot());
  });

  test('goes on without a snapshot that cannot be read', async () => {
    const store = new InMemorySnapshotStore();
    await store.save('0', ['{ cut off']);
    const { keeper, troubles } = keeperOn(store);
    expect(await keeper.load()).toBeUndefined();
    expect(troubles).toHaveLength(1);
  });

  test('goes on when the store is away, and saves again later', async () => {
    const store = new InMemorySnapshotStore();
    const { keeper, troubles } = keeperOn(store);
    const save = store.save.bind(store);
    store.save = async () => Promise.reject(new Error('away'));
    expect(await keeper.save(detector)).toBe(false);
    expect(troubles).toHaveLength(1);
    store.save = save;
    expect(await keeper.save(detector)).toBe(true);
  });

  test('saves once for those who ask at the same time', async () => {
    const store = new InMemorySnapshotStore();
    let saves = 0;
    store.save = async () => void (saves += 1);
    const { keeper } = keeperOn(store);
    await Promise.all([keeper.save(detector), keeper.save(detector)]);
    expect(saves).toBe(1);
  });
});
