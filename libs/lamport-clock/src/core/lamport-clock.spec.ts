import { InMemoryLimitStore } from '../in-memory';
import { type LamportClock, openLamportClock } from './lamport-clock';
import { MAX_LAMPORT } from './lamport-time';
import type { LimitStore } from './limit-store';

/** A store that counts, and that fails or waits when told to. */
class WatchedStore implements LimitStore {
  readonly inner = new InMemoryLimitStore();
  readonly raises: number[] = [];
  failing = false;
  gate: Promise<void> = Promise.resolve();

  reserve(service: string, amount: number): Promise<number> {
    return this.inner.reserve(service, amount);
  }

  async raiseTo(service: string, limit: number): Promise<number> {
    this.raises.push(limit);
    await this.gate;
    if (this.failing) throw new Error('store away');
    return this.inner.raiseTo(service, limit);
  }
}

const service = 'service-a';

async function tickTimes(clock: LamportClock, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) await clock.tick();
}

describe('openLamportClock', () => {
  let store: WatchedStore;
  beforeEach(() => {
    store = new WatchedStore();
  });

  it('starts the first process of a service at 0', async () => {
    const clock = await openLamportClock({ service, store });
    expect([clock.epoch, clock.time, await clock.tick(), clock.time]).toEqual([0, 0, 1, 1]);
  });

  it('starts a later process above everything that an earlier one may have stamped', async () => {
    await openLamportClock({ service, store });
    const second = await openLamportClock({ service, store });
    expect([second.epoch, await second.tick()]).toEqual([1_000, 1_001]);
  });

  it.each([
    ['reserveTicks', { reserveTicks: 9 }],
    ['reserveTicks', { reserveTicks: 1_000_001 }],
    ['reserveTicks', { reserveTicks: 10.5 }],
    ['maxJump', { maxJump: 0 }],
    ['maxJump', { maxJump: Number.NaN }],
  ])('refuses a %s out of bounds (%j)', async (name, options) => {
    await expect(openLamportClock({ service, store, ...options })).rejects.toMatchObject({
      code: 'options_invalid',
      message: expect.stringContaining(name),
    });
  });

  it.each([-5_000, Number.NaN, Number.MAX_SAFE_INTEGER])('refuses a stored limit of %d', async (limit) => {
    const broken: LimitStore = {
      reserve: () => Promise.resolve(limit),
      raiseTo: () => Promise.resolve(limit),
    };
    await expect(openLamportClock({ service, store: broken })).rejects.toMatchObject({
      code: 'limit_invalid',
    });
  });
});

describe('LamportClock.tick', () => {
  let store: WatchedStore;
  beforeEach(() => {
    store = new WatchedStore();
  });

  it('counts one by one across many reservations', async () => {
    const clock = await openLamportClock({ service, store, reserveTicks: 10 });
    const stamps: number[] = [];
    for (let count = 0; count < 95; count += 1) stamps.push(await clock.tick());
    expect(stamps).toEqual(Array.from({ length: 95 }, (_, index) => index + 1));
  });

  it('writes once in 1,000 ticks at most', async () => {
    const clock = await openLamportClock({ service, store });
    await tickTimes(clock, 10_000);
    expect(store.raises.length).toBeLessThanOrEqual(10);
  });

  it('asks for more before it runs out, so that no tick waits for a slow store', async () => {
    const clock = await openLamportClock({ service, store });
    await tickTimes(clock, 799);
    expect(store.raises).toEqual([]);
    store.gate = new Promise(() => undefined); // a store that never answers
    await tickTimes(clock, 201);
    expect([clock.time, store.raises]).toEqual([1_000, [2_000]]);
  });

  it('gives concurrent callers different times and shares one raise among them', async () => {
    const clock = await openLamportClock({ service, store, reserveTicks: 100 });
    const stamps = await Promise.all(Array.from({ length: 150 }, () => clock.tick()));
    expect(new Set(stamps).size).toBe(150);
    expect(store.raises).toEqual([200]);
  });

  it('never stamps above a limit that it wrote or saw while the store is away', async () => {
    const clock = await openLamportClock({ service, store, reserveTicks: 10 });
    store.failing = true;
    await tickTimes(clock, 10);
    await expect(clock.tick()).rejects.toThrow('store away');
    await expect(clock.tick()).rejects.toThrow('store away');
    expect(clock.time).toBe(10);
  });

  it('goes on where it was when the store is back', async () => {
    const clock = await openLamportClock({ service, store, reserveTicks: 10 });
    store.failing = true;
    await tickTimes(clock, 10);
    await expect(clock.tick()).rejects.toThrow('store away');
    store.failing = false;
    expect(await clock.tick()).toBe(11);
  });

  it('uses the further limit that another replica wrote', async () => {
    const clock = await openLamportClock({ service, store, reserveTicks: 10 });
    await store.inner.raiseTo(service, 500);
    await tickTimes(clock, 400);
    expect(store.raises).toEqual([20]);
  });

  it('refuses to go on with a store that answers less than it was asked for', async () => {
    const broken: LimitStore = { reserve: () => Promise.resolve(0), raiseTo: () => Promise.resolve(5) };
    const clock = await openLamportClock({ service, store: broken, reserveTicks: 10 });
    await tickTimes(clock, 10);
    await expect(clock.tick()).rejects.toMatchObject({ code: 'limit_invalid' });
  });
});

describe('LamportClock.merge', () => {
  let store: WatchedStore;
  beforeEach(() => {
    store = new WatchedStore();
  });

  it('goes above a remote time that is ahead', async () => {
    const clock = await openLamportClock({ service, store });
    expect(await clock.merge(41)).toEqual({ time: 42, flagged: false, adopted: 41 });
    expect(await clock.tick()).toBe(43);
  });

  it('still rises by one for a remote time that is behind', async () => {
    const clock = await openLamportClock({ service, store });
    await clock.merge(41);
    expect(await clock.merge(3)).toEqual({ time: 43, flagged: false, adopted: 3 });
  });

  it('raises the limit before it takes over a time above it', async () => {
    const clock = await openLamportClock({ service, store });
    await clock.merge(50_000);
    expect(store.raises).toEqual([51_000]);
    expect((await openLamportClock({ service, store })).epoch).toBe(51_000);
  });

  it('stays where it was when the limit cannot be raised', async () => {
    const clock = await openLamportClock({ service, store });
    store.failing = true;
    await expect(clock.merge(50_000)).rejects.toThrow('store away');
    expect(clock.time).toBe(0);
    expect(await clock.tick()).toBe(1);
  });

  it('believes any time while the service is in its first reservation', async () => {
    const clock = await openLamportClock({ service, store, maxJump: 10 });
    expect(await clock.merge(7_000_000)).toMatchObject({ time: 7_000_001, flagged: false });
  });

  it('takes over a jump of exactly the bound', async () => {
    await openLamportClock({ service, store });
    const clock = await openLamportClock({ service, store, maxJump: 500 });
    expect(await clock.merge(2_500)).toMatchObject({ flagged: false, adopted: 2_500 });
  });

  it('flags and clamps a jump beyond the bound, and counts it', async () => {
    await openLamportClock({ service, store });
    const clock = await openLamportClock({ service, store, maxJump: 500 });
    expect(await clock.merge(2_501)).toEqual({ time: 2_501, flagged: true, adopted: 2_500 });
    expect(clock.clampedTotal).toBe(1);
  });

  it('catches up with a remote service that really is far ahead', async () => {
    await openLamportClock({ service, store });
    const clock = await openLamportClock({ service, store, maxJump: 10_000 });
    const flags: boolean[] = [];
    for (let count = 0; count < 6; count += 1) flags.push((await clock.merge(40_000 + count)).flagged);
    expect(flags).toEqual([true, true, true, false, false, false]);
    expect(clock.time).toBeGreaterThan(40_005);
  });

  it('measures a jump from where the other replicas of the service have been', async () => {
    const busy = await openLamportClock({ service, store });
    const idle = await openLamportClock({ service, store, maxJump: 1_000 });
    await busy.merge(90_000);
    expect(await idle.merge(90_500)).toMatchObject({ flagged: true });
    expect(await idle.merge(90_501)).toMatchObject({ flagged: false, time: 90_502 });
  });

  it('clamps a time beyond the highest one even in the first reservation, and ticks on above it', async () => {
    const clock = await openLamportClock({ service, store });
    expect(await clock.merge(Number.MAX_SAFE_INTEGER)).toMatchObject({ flagged: true, adopted: MAX_LAMPORT });
    expect(await clock.tick()).toBe(MAX_LAMPORT + 2);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d', async (remote) => {
    const clock = await openLamportClock({ service, store });
    await expect(clock.merge(remote)).rejects.toMatchObject({ code: 'time_invalid' });
    expect(clock.time).toBe(0);
  });
});
