import * as fc from 'fast-check';
import { BeatSchedule } from './beat-schedule';

const intervalMs = 10_000;
const randoms = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

/** Beat times of a process whose timers are late by the given amounts. */
function beatTimes(random: () => number, latenessMs: readonly number[]): readonly number[] {
  const schedule = new BeatSchedule(intervalMs, 500, random);
  let nowMs = 500;
  return latenessMs.map((lateMs) => (nowMs += schedule.delayUntilNext(nowMs) + lateMs));
}

describe('BeatSchedule', () => {
  it('keeps neighbours within 5 % of the interval', () => {
    fc.assert(
      fc.property(randoms, (random) => {
        const times = beatTimes(
          () => random.next().value,
          Array.from({ length: 50 }, () => 0),
        );
        times.slice(1).forEach((time, index) => {
          expect(Math.abs(time - (times[index] ?? 0) - intervalMs)).toBeLessThanOrEqual(
            0.05 * intervalMs + 1e-6,
          );
        });
      }),
    );
  });

  it('does not drift, however late each timer fires', () => {
    fc.assert(
      fc.property(randoms, fc.array(fc.nat({ max: 900 }), { minLength: 1 }), (random, lateness) => {
        const times = beatTimes(() => random.next().value, lateness);
        const planned = (times.at(-1) ?? 0) - (lateness.at(-1) ?? 0);
        expect(Math.abs(planned - 500 - lateness.length * intervalMs)).toBeLessThanOrEqual(
          0.025 * intervalMs + 1e-6,
        );
      }),
    );
  });

  it('uses the whole width of its jitter', () => {
    const delays = [0, 0.5, 0.999_999].map((value) =>
      Math.round(new BeatSchedule(intervalMs, 0, () => value).delayUntilNext(0)),
    );
    expect(delays).toEqual([9_750, 10_000, 10_250]);
  });

  it('skips the places that a stopped process has slept through', () => {
    const schedule = new BeatSchedule(intervalMs, 0, () => 0.5);
    schedule.delayUntilNext(0);
    expect(schedule.delayUntilNext(56_000)).toBe(4_000);
  });

  it('never asks for a time in the past and never waits more than 1.2 intervals', () => {
    fc.assert(
      fc.property(randoms, fc.array(fc.nat({ max: 100_000 })), (random, pauses) => {
        const schedule = new BeatSchedule(intervalMs, 0, () => random.next().value);
        let nowMs = 0;
        for (const pause of pauses) {
          const delay = schedule.delayUntilNext(nowMs);
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(1.2 * intervalMs);
          nowMs += delay + pause;
        }
      }),
    );
  });
});
