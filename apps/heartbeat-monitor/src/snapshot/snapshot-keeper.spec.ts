import { createDetector, detectorSettings } from '@latido/failure-detector';
import { Fleet } from '@latido/failure-detector/testing';
import { InMemorySnapshotStore } from './in-memory-snapshot-store';
import { SnapshotKeeper } from './snapshot-keeper';

const detector = createDetector({ settings: detectorSettings(), nowMs: 1_000 });

function keeperOn(store: InMemorySnapshotStore) {
  const troubles: unknown[] = [];
  const pause = async (): Promise<void> => void (turns += 1);
  let turns = 0;
  const keeper = new SnapshotKeeper({
    store,
    replica: 0,
    pause,
    onTrouble: (error) => troubles.push(error),
  });
  return { keeper, troubles, turns: () => turns };
}

describe('SnapshotKeeper', () => {
  test('gives back what it saved', async () => {
    const { keeper } = keeperOn(new InMemorySnapshotStore());
    expect(await keeper.load()).toBeUndefined();
    expect(await keeper.save(detector)).toBe(true);
    expect(await keeper.load()).toEqual(detector.snapshot());
  });

  test('lets others have a turn after each piece, and keeps what they change for the next snapshot', async () => {
    const fleet = new Fleet({ members: 1_000 });
    fleet.run(20_000);
    const { keeper, turns } = keeperOn(new InMemorySnapshotStore());
    expect(await keeper.save(fleet.detector)).toBe(true);
    expect(turns()).toBe(1 + 1 + 5 + 1);
    expect(await keeper.load()).toEqual(fleet.detector.snapshot());
  });

  test('goes on without a snapshot that is torn', async () => {
    const store = new InMemorySnapshotStore();
    const { keeper, troubles } = keeperOn(store);
    await keeper.save(detector);
    const [head = ''] = (await store.load('0'))?.split('\n') ?? [];
    await store.save('0', [head]);
    expect(await keeper.load()).toBeUndefined();
    expect(troubles).toEqual([expect.objectContaining({ code: 'TORN_DETECTOR_SNAPSHOT' })]);
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
