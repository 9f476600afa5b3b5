import { Pace } from './pace';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

describe('Pace', () => {
  it('keeps durations up to 24 heartbeats in proportion', () => {
    const pace = new Pace(2_000);
    expect([0, 10 * SECOND_MS, MINUTE_MS, 4 * MINUTE_MS].map((ms) => pace.shorten(ms))).toEqual([
      0, 2_000, 12_000, 48_000,
    ]);
  });

  it('presses longer ones together and keeps their order', () => {
    const pace = new Pace(2_000);
    const shortened = [5 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 72 * HOUR_MS].map((ms) =>
      pace.shorten(ms),
    );
    expect(shortened).toEqual(shortened.toSorted((one, other) => one - other));
    expect(new Set(shortened).size).toBe(shortened.length);
    expect(shortened.at(-1)).toBeLessThan(2 * MINUTE_MS);
  });

  it('changes nothing at the interval of production', () => {
    const pace = new Pace(10_000);
    expect([MINUTE_MS, 72 * HOUR_MS].map((ms) => pace.shorten(ms))).toEqual([MINUTE_MS, 72 * HOUR_MS]);
    expect(pace.scrapeIntervalMs).toBe(15 * SECOND_MS);
  });
});
