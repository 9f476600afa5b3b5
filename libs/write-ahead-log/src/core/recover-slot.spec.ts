import { CLAIM_LIFE_MS, LogFixture, SERVICE } from '../testing/log-fixture';
import { takeOver } from './acquire-slot';
import type { HeldSlot } from './held-slot';
import { LogWriter } from './log-writer';
import { recoverSlot, type Redeliver } from './recover-slot';

describe('recoverSlot', () => {
  let log: LogFixture;
  let dead: LogWriter<string>;
  let redelivered: string[];
  const redeliver: Redeliver<string> = async (record) => void redelivered.push(record);

  beforeEach(async () => {
    log = new LogFixture();
    dead = await log.newWriter();
    redelivered = [];
  });

  const takenOver = async (): Promise<HeldSlot> => {
    const seen = await log.writers.read(SERVICE, 0);
    const held = seen && (await takeOver(seen, log.ports));
    if (!held) throw new Error('slot 0 is there to be taken');
    return held;
  };
  const recover = async (held: HeldSlot, by: Redeliver<string> = redeliver) =>
    recoverSlot({ held, redeliver: by, claimLifeMs: CLAIM_LIFE_MS }, log.ports);
  const segmentAt = (number: number) => log.segments.read({ service: SERVICE, slot: 0, number });

  it('redelivers every operation from the mark on, in order, with the token it was logged under', async () => {
    const tokens: string[] = [];
    const append = await dead.append(['a', 'b']);
    await dead.append(['c']);
    const recovery = await recover(await takenOver(), async (record, token) => {
      redelivered.push(record);
      tokens.push(token);
    });
    expect(redelivered).toEqual(['a', 'b', 'c']);
    expect(tokens.slice(0, 2)).toEqual(
      append.outcome === 'appended' && append.places.map(({ token }) => token),
    );
    expect(recovery).toMatchObject({ outcome: 'recovered', slot: 0, redelivered: 3, failed: 0 });
  });

  it('leaves what is below the mark alone', async () => {
    const append = await dead.append(['a']);
    await dead.append(['b']);
    if (append.outcome === 'appended') for (const place of append.places) dead.finish(place);
    await dead.moveMark();
    await recover(await takenOver());
    expect(redelivered).toEqual(['b']);
  });

  it('seals the first absent number and appends after it', async () => {
    await dead.append(['a']);
    const held = await takenOver();
    const { nextNumber } = await recover(held);
    expect(await segmentAt(2)).toMatchObject({ kind: 'seal', epoch: 2, records: [] });
    expect(nextNumber).toBe(3);
    const heir = new LogWriter(held, nextNumber, log.ports, { claimLifeMs: CLAIM_LIFE_MS });
    expect(await heir.append(['b'])).toMatchObject({ outcome: 'appended', places: [{ number: 3 }] });
  });

  it('fences a writer that only seemed dead', async () => {
    await dead.append(['a']);
    await recover(await takenOver());
    expect(await dead.append(['b'])).toEqual({ outcome: 'fenced' });
  });

  it('keeps a write out that lands after the seal', async () => {
    log.segmentFaults.next('late', 'fails', 'fails');
    await expect(dead.append(['late'])).rejects.toMatchObject({ name: 'StoreAwayError' });
    await recover(await takenOver());
    await log.segmentFaults.landLateWrites();
    expect(log.logged()).toEqual([]);
  });

  it('redelivers a write that lands before the seal, and seals the number after it', async () => {
    log.segmentFaults.next('late', 'fails', 'fails');
    await expect(dead.append(['late'])).rejects.toMatchObject({ name: 'StoreAwayError' });
    log.beforeAppend = () => log.segmentFaults.landLateWrites();
    const { nextNumber } = await recover(await takenOver());
    expect(redelivered).toEqual(['late']);
    expect(await segmentAt(2)).toMatchObject({ kind: 'seal' });
    expect(nextNumber).toBe(3);
  });

  it('goes on after a seal whose reply was lost', async () => {
    log.segmentFaults.next('reply lost');
    expect((await recover(await takenOver())).nextNumber).toBe(2);
    expect(log.segments.all()).toHaveLength(1);
  });

  it('counts an operation that throws, and goes on with the next', async () => {
    await dead.append(['a', 'poison', 'b']);
    const recovery = await recover(await takenOver(), async (record, token) => {
      if (record === 'poison') throw new Error('cannot be applied');
      await redeliver(record, token);
    });
    expect(redelivered).toEqual(['a', 'b']);
    expect(recovery).toMatchObject({ outcome: 'recovered', redelivered: 2, failed: 1 });
  });

  it('ignores a segment from half of the age of claims on', async () => {
    log.nowMs = 1_700_000_000_000;
    await dead.append(['old']);
    log.nowMs += 1_000;
    await dead.append(['young']);
    log.nowMs += CLAIM_LIFE_MS / 2 - 1_000;
    expect(await recover(await takenOver())).toMatchObject({ redelivered: 1, expiredSegments: 1 });
    expect(redelivered).toEqual(['young']);
  });

  it('walks over the seals of earlier recoveries', async () => {
    await dead.append(['a']);
    const held = await takenOver();
    const { nextNumber } = await recover(held);
    const heir = new LogWriter(held, nextNumber, log.ports, { claimLifeMs: CLAIM_LIFE_MS });
    await heir.append(['b']);
    redelivered = [];
    await recover(await takenOver());
    expect(redelivered).toEqual(['a', 'b']);
  });

  it('shows watchers that it lives during a long walk, with the mark at the segment it works on', async () => {
    await dead.append(['a']);
    await dead.append(['b', 'c']);
    await recover(await takenOver(), async () => void (log.nowMs += 10_000));
    expect(await log.writers.read(SERVICE, 0)).toMatchObject({ epoch: 2, lowWater: 2 });
  });

  it('stops when it learns from the mark that another took the slot meanwhile', async () => {
    await dead.append(['a', 'b', 'c']);
    const held = await takenOver();
    const recovery = await recover(held, async (record) => {
      redelivered.push(record);
      log.nowMs += 20_000;
      await takenOver();
    });
    expect(recovery.outcome).toBe('fenced');
    expect(redelivered).toEqual(['a']);
  });

  it('stops when it meets a segment of a later owner', async () => {
    await dead.append(['a']);
    const slow = await takenOver();
    const fast = await takenOver();
    await recover(fast);
    redelivered = [];
    expect((await recover(slow)).outcome).toBe('fenced');
    expect(await segmentAt(3)).toBeUndefined();
  });
});
