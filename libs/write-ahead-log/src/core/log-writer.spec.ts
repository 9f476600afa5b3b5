import * as fc from 'fast-check';
import { CLAIM_LIFE_MS, LogFixture, SERVICE } from '../testing/log-fixture';
import { type Fault, StoreAwayError } from '../testing/unreliable';
import type { Append, LogPlace } from './log-writer';
import type { Segment } from './segment';

const placesOf = (append: Append): readonly LogPlace[] =>
  append.outcome === 'appended' ? append.places : [];

describe('LogWriter', () => {
  let log: LogFixture;
  beforeEach(() => (log = new LogFixture()));

  const storedAt = (number: number) => log.segments.read({ service: SERVICE, slot: 0, number });
  const sealOf = (number: number): Segment<string> => ({
    service: SERVICE,
    slot: 0,
    number,
    kind: 'seal',
    epoch: 2,
    token: 'of-another',
    records: [],
    writtenAtMs: log.nowMs,
    expiresAtEpochSeconds: 4_000_000_000,
  });
  /** Somebody took the slot over and sealed this number. */
  const sealedByOther = async (number: number) => log.segments.appendIfAbsent(sealOf(number));

  describe('appending', () => {
    it('numbers segments from 1 and gives every record a token of its own', async () => {
      const writer = await log.newWriter();
      const first = placesOf(await writer.append(['a', 'b']));
      const second = placesOf(await writer.append(['c']));
      expect([...first, ...second].map(({ number, index }) => [number, index])).toEqual([
        [1, 0],
        [1, 1],
        [2, 0],
      ]);
      const stored = await storedAt(1);
      expect(first.map(({ token }) => token)).toEqual([`${stored?.token}.0`, `${stored?.token}.1`]);
      expect(second[0]?.token).not.toContain(String(stored?.token));
    });

    it('lets a segment expire after half of the age of claims', async () => {
      await (await log.newWriter()).append(['a']);
      expect((await storedAt(1))?.expiresAtEpochSeconds).toBe(
        Math.floor((log.nowMs + CLAIM_LIFE_MS / 2) / 1000),
      );
    });

    it('writes nothing for no records', async () => {
      expect(await (await log.newWriter()).append([])).toEqual({ outcome: 'appended', places: [] });
      expect(log.segments.all()).toEqual([]);
    });

    it('splits what is too large for one segment, and answers places in the order of the records', async () => {
      const writer = await log.newWriter({ maxSegmentBytes: 16 });
      const places = placesOf(await writer.append(['aaaa', 'bbbb', 'cc']));
      expect(places.map(({ number, index }) => [number, index])).toEqual([
        [1, 0],
        [1, 1],
        [2, 0],
      ]);
    });

    it('keeps one append under way, in the order of the calls', async () => {
      let underWay = 0;
      let most = 0;
      log.beforeAppend = async () => {
        most = Math.max(most, (underWay += 1));
        await Promise.resolve();
        underWay -= 1;
      };
      const writer = await log.newWriter();
      await Promise.all(['a', 'b', 'c', 'd'].map((record) => writer.append([record])));
      expect(most).toBe(1);
      expect(log.logged()).toEqual(['a', 'b', 'c', 'd']);
    });

    it('refuses an append beyond the bound of its queue, and takes the next when there is room', async () => {
      const writer = await log.newWriter({ maxQueued: 2 });
      const queued = [writer.append(['a']), writer.append(['b'])];
      await expect(writer.append(['c'])).rejects.toMatchObject({ code: 'log_queue_full', maxQueued: 2 });
      await Promise.all(queued);
      expect((await writer.append(['d'])).outcome).toBe('appended');
      expect(log.logged()).toEqual(['a', 'b', 'd']);
    });
  });

  describe('a lost reply', () => {
    it('is a success when the stored segment has the own token', async () => {
      const writer = await log.newWriter();
      log.segmentFaults.next('reply lost');
      expect((await writer.append(['a'])).outcome).toBe('appended');
      expect(log.segments.all()).toHaveLength(1);
    });

    it('keeps number and token over the retries of an append', async () => {
      const writer = await log.newWriter();
      log.segmentFaults.next('late', 'fails');
      const places = placesOf(await writer.append(['a']));
      await log.segmentFaults.landLateWrites();
      expect(log.segments.all()).toHaveLength(1);
      expect(places[0]?.token).toBe(`${(await storedAt(1))?.token}.0`);
    });
  });

  describe('an append that failed for good', () => {
    const failed: Fault[] = ['fails', 'fails', 'fails'];

    it('throws the error of the store', async () => {
      const writer = await log.newWriter();
      log.segmentFaults.next(...failed);
      await expect(writer.append(['a'])).rejects.toMatchObject({ name: 'StoreAwayError' });
    });

    it('leaves its number to the next append when it was not written', async () => {
      const writer = await log.newWriter();
      log.segmentFaults.next(...failed);
      await expect(writer.append(['a'])).rejects.toThrow(StoreAwayError);
      expect(placesOf(await writer.append(['b']))[0]?.number).toBe(1);
    });

    it('is passed over, not taken for another owner, when it was written after all', async () => {
      const writer = await log.newWriter();
      log.segmentFaults.next('reply lost', 'fails', 'fails');
      await expect(writer.append(['a'])).rejects.toThrow(StoreAwayError);
      expect(placesOf(await writer.append(['b']))[0]?.number).toBe(2);
      expect(log.logged()).toEqual(['a', 'b']);
    });

    it('counts as given back: the mark passes it', async () => {
      const writer = await log.newWriter();
      log.segmentFaults.next('reply lost', 'fails', 'fails');
      await expect(writer.append(['a'])).rejects.toThrow(StoreAwayError);
      for (const place of placesOf(await writer.append(['b']))) writer.finish(place);
      expect(writer.mark).toBe(3);
    });

    it('gives back the parts that were written before the one that failed', async () => {
      const writer = await log.newWriter({ maxSegmentBytes: 8 });
      log.segmentFaults.next('none', ...failed);
      await expect(writer.append(['aaaa', 'bbbb'])).rejects.toThrow(StoreAwayError);
      expect(writer.mark).toBe(2);
    });
  });

  describe('the fence', () => {
    it('stops a writer whose number was taken by another owner', async () => {
      const writer = await log.newWriter();
      await sealedByOther(1);
      expect(await writer.append(['a'])).toEqual({ outcome: 'fenced' });
    });

    it('stops it for good: the store is not asked again', async () => {
      const writer = await log.newWriter();
      await sealedByOther(1);
      await writer.append(['a']);
      const before = log.segmentFaults.calls;
      expect(await writer.append(['b'])).toEqual({ outcome: 'fenced' });
      expect(log.segmentFaults.calls).toBe(before);
    });

    it('stops appends that wait behind the refused one', async () => {
      const writer = await log.newWriter();
      await sealedByOther(1);
      const outcomes = await Promise.all([writer.append(['a']), writer.append(['b'])]);
      expect(outcomes).toEqual([{ outcome: 'fenced' }, { outcome: 'fenced' }]);
    });

    it('holds while an earlier append is in doubt', async () => {
      const writer = await log.newWriter();
      log.segmentFaults.next('fails', 'fails', 'fails');
      await expect(writer.append(['a'])).rejects.toThrow(StoreAwayError);
      await sealedByOther(1);
      expect(await writer.append(['b'])).toEqual({ outcome: 'fenced' });
    });

    it('holds against a segment of the own epoch that no append of this writer can have left', async () => {
      const writer = await log.newWriter();
      await log.segments.appendIfAbsent({ ...sealOf(1), kind: 'records', epoch: 1, records: ['x'] });
      expect(await writer.append(['a'])).toEqual({ outcome: 'fenced' });
    });

    it('is learnt from the mark too', async () => {
      const writer = await log.newWriter();
      const [item] = await log.writers.readAll(SERVICE);
      if (item) await log.writers.replace({ from: item, to: { ...item, epoch: 2, token: 'other' } });
      log.nowMs += 20_000;
      expect(await writer.moveMark()).toBe('fenced');
      expect(await writer.append(['a'])).toEqual({ outcome: 'fenced' });
    });
  });

  describe('releasing', () => {
    it('stores the mark at the end when everything is finished', async () => {
      const writer = await log.newWriter();
      for (const place of placesOf(await writer.append(['a', 'b']))) writer.finish(place);
      expect(await writer.release()).toBe('released');
      expect(await log.writers.read(SERVICE, 0)).toMatchObject({ state: 'released', lowWater: 2 });
    });

    it('stores the first unfinished segment when something is not', async () => {
      const writer = await log.newWriter();
      await writer.append(['a']);
      await writer.append(['b']);
      await writer.release();
      expect(await log.writers.read(SERVICE, 0)).toMatchObject({ state: 'released', lowWater: 1 });
    });

    it('waits for the append under way and lets no later one through', async () => {
      const writer = await log.newWriter();
      const [before, , after] = await Promise.all([
        writer.append(['a']),
        writer.release(),
        writer.append(['b']),
      ]);
      expect([before.outcome, after.outcome]).toEqual(['appended', 'fenced']);
      expect(log.logged()).toEqual(['a']);
    });
  });

  it('never loses, doubles or reorders an appended record, whatever calls fail and whenever late writes land', async () => {
    const fault = fc.constantFrom<Fault>('none', 'none', 'fails', 'reply lost', 'late');
    const step = fc.record({ land: fc.boolean(), records: fc.integer({ min: 1, max: 3 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 30 }),
        fc.array(step, { maxLength: 12 }),
        async (faults, steps) => {
          log = new LogFixture();
          const writer = await log.newWriter();
          log.segmentFaults.next(...faults);
          const said: LogPlace[] = [];
          for (const [i, { land, records }] of steps.entries()) {
            const append = await writer
              .append(Array.from({ length: records }, (_, j) => `${i}.${j}`))
              .catch(() => undefined);
            expect(append?.outcome).not.toBe('fenced');
            if (append) said.push(...placesOf(append));
            if (land) await log.segmentFaults.landLateWrites();
          }
          await log.segmentFaults.landLateWrites();
          const logged = log.logged();
          expect(new Set(logged).size).toBe(logged.length);
          expect(logged).toEqual(logged.toSorted((a, b) => parseInt(a) - parseInt(b)));
          for (const place of said) {
            const segment = await storedAt(place.number);
            expect(place.token).toBe(`${segment?.token}.${place.index}`);
          }
          const numbers = log.segments.all().map(({ number }) => number);
          expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, i) => i + 1));
        },
      ),
    );
  });
});
