import { InMemoryVersionStore } from '../in-memory';
import { buildVersion } from '../testing';
import { InvalidRetentionError, pruneHistory, type PruneInput } from './prune-history';
import { tombstoneOf } from './tombstone-of';

const DAY_MS = 24 * 60 * 60 * 1000;

describe(pruneHistory, () => {
  let store: InMemoryVersionStore;
  beforeEach(() => {
    store = new InMemoryVersionStore();
  });

  const fill = async (from: number, to: number): Promise<void> => {
    for (let number = from; number <= to; number += 1) await store.putIfAbsent(buildVersion({ number }));
  };
  const prune = (change: Partial<PruneInput> = {}) =>
    pruneHistory({ store, subject: 'cart-7', keep: 2, nowMs: 1000, horizonMs: 45 * DAY_MS, ...change });
  const numbersWithValue = async (): Promise<number[]> => {
    const { versions } = await store.list({ subject: 'cart-7', limit: 1000 });
    return versions.filter(({ content }) => content.kind !== 'pruned').map(({ number }) => number);
  };

  it('takes the values of all but the newest and leaves every key', async () => {
    await fill(1, 5);
    expect(await prune()).toEqual({ pruned: 3, more: false });
    expect(await numbersWithValue()).toEqual([5, 4]);
    expect((await store.list({ subject: 'cart-7', limit: 10 })).versions).toHaveLength(5);
  });

  it('leaves a tombstone that still says who wrote the version and when', async () => {
    await fill(1, 5);
    await prune();
    expect(await store.read('cart-7', 2)).toEqual({
      ...buildVersion({ number: 2 }),
      content: { kind: 'pruned' },
      expiresAtEpochSeconds: 1 + 46 * 24 * 60 * 60,
    });
  });

  it('lets every tombstone expire but the one of version 1', async () => {
    await fill(1, 5);
    await prune();
    expect(await store.read('cart-7', 1)).toEqual({ ...buildVersion(), content: { kind: 'pruned' } });
  });

  it('never takes the head', async () => {
    await fill(1, 3);
    await prune({ keep: 1 });
    expect(await numbersWithValue()).toEqual([3]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses to keep %p versions', async (keep) => {
    await expect(prune({ keep })).rejects.toThrow(InvalidRetentionError);
  });

  it('has nothing to do in a history that is short, or not there', async () => {
    expect(await prune()).toEqual({ pruned: 0, more: false });
    await fill(1, 2);
    expect(await prune()).toEqual({ pruned: 0, more: false });
  });

  it('stops at its bound, oldest first, and goes on there the next time', async () => {
    await fill(1, 10);
    expect(await prune({ maxPruned: 3 })).toEqual({ pruned: 3, more: true });
    expect(await numbersWithValue()).toEqual([10, 9, 8, 7, 6, 5, 4]);
    expect(await prune({ maxPruned: 3 })).toEqual({ pruned: 3, more: true });
    expect(await prune({ maxPruned: 3 })).toEqual({ pruned: 2, more: false });
    expect(await numbersWithValue()).toEqual([10, 9]);
  });

  it('prunes on above tombstones that have expired', async () => {
    await fill(1, 10);
    await prune();
    store.sweep(Number.MAX_SAFE_INTEGER);
    await fill(11, 13);
    expect(await prune()).toEqual({ pruned: 3, more: false });
    expect(await numbersWithValue()).toEqual([13, 12]);
  });

  it('takes the value of nothing that is already a tombstone', async () => {
    await fill(1, 5);
    await prune();
    await prune({ nowMs: 90 * DAY_MS });
    expect((await store.read('cart-7', 2))?.expiresAtEpochSeconds).toBe(1 + 46 * 24 * 60 * 60);
  });
});

describe(tombstoneOf, () => {
  it('rounds its expiry up, never down into the horizon', () => {
    const { expiresAtEpochSeconds } = tombstoneOf(buildVersion({ number: 2 }), { nowMs: 1, horizonMs: 0 });
    expect(expiresAtEpochSeconds).toBe(1 + 24 * 60 * 60);
  });
});
