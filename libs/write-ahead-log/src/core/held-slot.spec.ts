import { LogFixture, SERVICE } from '../testing/log-fixture';
import { acquireSlot } from './acquire-slot';
import type { HeldSlot } from './held-slot';

describe('HeldSlot', () => {
  let log: LogFixture;
  let held: HeldSlot;

  beforeEach(async () => {
    log = new LogFixture();
    held = await acquireSlot(SERVICE, log.ports);
  });

  const stored = () => log.writers.read(SERVICE, 0);

  it('writes a mark that moved, under a new token', async () => {
    const before = await stored();
    expect(await held.moveMark(5)).toBe('moved');
    expect(await stored()).toMatchObject({ lowWater: 5, epoch: 1, state: 'held' });
    expect((await stored())?.token).not.toBe(before?.token);
  });

  it('writes nothing while the mark stands and the last write is younger than 20 s', async () => {
    const before = await stored();
    log.nowMs += 19_999;
    expect(await held.moveMark(1)).toBe('unchanged');
    expect(await stored()).toEqual(before);
  });

  it('shows watchers that it lives 20 s after its last write, though the mark stands', async () => {
    const before = await stored();
    log.nowMs += 20_000;
    expect(await held.moveMark(1)).toBe('moved');
    expect(await stored()).toMatchObject({ lowWater: 1 });
    expect((await stored())?.token).not.toBe(before?.token);
  });

  it('never moves a mark backwards', async () => {
    await held.moveMark(9);
    log.nowMs += 20_000;
    await held.moveMark(4);
    await held.release(3);
    expect(await stored()).toMatchObject({ lowWater: 9, state: 'released' });
  });

  it('is fenced by a higher epoch, and leaves the mark of its successor alone', async () => {
    const mine = held.writer;
    const successor = { ...mine, epoch: 2, token: 'successor' };
    await log.writers.replace({ from: mine, to: successor });
    expect(await held.moveMark(50)).toBe('fenced');
    expect(await held.release(60)).toBe('fenced');
    expect(await stored()).toEqual(successor);
  });

  it('takes a write whose reply was lost for done', async () => {
    log.writerFaults.next('reply lost');
    expect(await held.moveMark(5)).toBe('moved');
    expect(await stored()).toMatchObject({ lowWater: 5 });
  });

  it('goes on from an own write that succeeded although it had given up on it', async () => {
    log.writerFaults.next('reply lost', 'fails', 'fails');
    await expect(held.moveMark(5)).rejects.toMatchObject({ name: 'StoreAwayError' });
    expect(await held.moveMark(6)).toBe('moved');
    expect(await stored()).toMatchObject({ lowWater: 6, epoch: 1 });
  });

  it('writes once for each of several calls that overlap', async () => {
    const before = log.writerFaults.calls;
    await Promise.all([held.moveMark(2), held.moveMark(3), held.release(4)]);
    expect(log.writerFaults.calls - before).toBe(3);
    expect(await stored()).toMatchObject({ lowWater: 4, state: 'released' });
  });

  it('does not take the slot back after its release', async () => {
    const [, late] = await Promise.all([held.release(4), held.moveMark(9)]);
    expect(late).toBe('fenced');
    expect(await stored()).toMatchObject({ lowWater: 4, state: 'released' });
  });
});
