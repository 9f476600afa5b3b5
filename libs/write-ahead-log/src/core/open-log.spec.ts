import { CLAIM_LIFE_MS, LogFixture, SERVICE } from '../testing/log-fixture';
import { takeOver } from './acquire-slot';
import { openLog } from './open-log';
import { recoverAbandoned } from './recover-abandoned';
import { WriterWatch } from './writer-watch';

describe('the life of a log', () => {
  let log: LogFixture;
  let redelivered: string[];
  beforeEach(() => {
    log = new LogFixture();
    redelivered = [];
  });

  const common = {
    service: SERVICE,
    claimLifeMs: CLAIM_LIFE_MS,
    redeliver: async (record: string) => void redelivered.push(record),
  };
  const open = () => openLog(common, log.ports);

  describe('openLog', () => {
    it('opens a new slot to write', async () => {
      const { log: writer, recovery } = await open();
      expect(recovery).toMatchObject({ slot: 0, redelivered: 0 });
      expect((await writer.append(['a'])).outcome).toBe('appended');
    });

    it('goes on in a slot that was released, and redelivers only what was not finished', async () => {
      const first = (await open()).log;
      const done = await first.append(['done']);
      await first.append(['open']);
      if (done.outcome === 'appended') for (const place of done.places) first.finish(place);
      await first.release();
      const second = await open();
      expect(second.log.slot).toBe(0);
      expect(redelivered).toEqual(['open']);
      expect((await second.log.append(['next'])).outcome).toBe('appended');
    });

    it('is not stopped by a write of the owner before that lands after the release', async () => {
      const first = (await open()).log;
      log.segmentFaults.next('late', 'fails', 'fails');
      await expect(first.append(['late'])).rejects.toMatchObject({ name: 'StoreAwayError' });
      await first.release();
      const second = (await open()).log;
      await log.segmentFaults.landLateWrites();
      expect((await second.append(['next'])).outcome).toBe('appended');
    });

    it('takes another slot when the first is taken over during its recovery', async () => {
      const first = (await open()).log;
      await first.append(['a']);
      await first.release();
      let stolen = false;
      const { log: writer } = await openLog(
        {
          ...common,
          redeliver: async () => {
            const seen = await log.writers.read(SERVICE, 0);
            if (!stolen && seen) await takeOver(seen, log.ports);
            stolen = true;
            log.nowMs += 20_000;
            await log.segments.appendIfAbsent({
              service: SERVICE,
              slot: 0,
              number: 3,
              kind: 'seal',
              epoch: 3,
              token: 'thief',
              records: [],
              writtenAtMs: log.nowMs,
              expiresAtEpochSeconds: 4_000_000_000,
            });
          },
        },
        log.ports,
      );
      expect(writer.slot).toBe(1);
    });
  });

  describe('recoverAbandoned', () => {
    const round = (watch: WriterWatch, ownSlots: readonly number[] = []) =>
      recoverAbandoned({ ...common, watch, ownSlots: new Set(ownSlots) }, log.ports);

    it('takes over, recovers and releases a slot that shows no life for a minute', async () => {
      await (await open()).log.append(['a']);
      const watch = new WriterWatch();
      expect(await round(watch)).toEqual([]);
      log.nowMs += 60_000;
      expect(await round(watch)).toMatchObject([{ slot: 0, redelivered: 1 }]);
      expect(redelivered).toEqual(['a']);
      expect(await log.writers.read(SERVICE, 0)).toMatchObject({ state: 'released', epoch: 2 });
    });

    it('leaves a writer alone that lives, though it has nothing to say', async () => {
      const { log: idle } = await open();
      const watch = new WriterWatch();
      for (let seconds = 0; seconds <= 600; seconds += 10) {
        log.nowMs += 10_000;
        await idle.moveMark();
        if (seconds % 60 === 0) expect(await round(watch)).toEqual([]);
      }
    });

    it('never takes a slot from its own process', async () => {
      await open();
      const watch = new WriterWatch();
      await round(watch, [0]);
      log.nowMs += 120_000;
      expect(await round(watch, [0])).toEqual([]);
    });

    it('lets one of several observers recover a slot', async () => {
      await (await open()).log.append(['a']);
      const watches = [new WriterWatch(), new WriterWatch(), new WriterWatch()];
      for (const watch of watches) await round(watch);
      log.nowMs += 60_000;
      await Promise.all(watches.map((watch) => round(watch)));
      expect(redelivered).toEqual(['a']);
    });

    it('does not take an outage of the table for the death of all writers', async () => {
      await open();
      const watch = new WriterWatch();
      await round(watch);
      log.nowMs += 60_000;
      const away = { ...log.ports.writers, readAll: () => Promise.reject(new Error('away')) };
      const failing = recoverAbandoned(
        { ...common, watch, ownSlots: new Set() },
        { ...log.ports, writers: away },
      );
      await expect(failing).rejects.toThrow('away');
      expect(await round(watch)).toEqual([]);
    });
  });
});
