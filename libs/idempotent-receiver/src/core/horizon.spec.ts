import { claimExpiry, DEFAULT_HORIZON_MS, isBeyondHorizon } from './horizon';

const DAY_MS = 24 * 60 * 60 * 1000;
const DAY_SECONDS = 24 * 60 * 60;

describe(claimExpiry, () => {
  it('is a horizon and a day from now for an event of the past', () => {
    const expiry = claimExpiry({ nowMs: 10_000, eventTimeMs: 4_000, horizonMs: 30 * DAY_MS });
    expect(expiry).toBe(10 + 31 * DAY_SECONDS);
  });

  it('counts from the event where its sender was ahead of us', () => {
    const expiry = claimExpiry({ nowMs: 10_000, eventTimeMs: 90_000, horizonMs: 30 * DAY_MS });
    expect(expiry).toBe(90 + 31 * DAY_SECONDS);
  });

  it('counts from now where nobody says when it happened, and rounds up', () => {
    expect(claimExpiry({ nowMs: 10_001, horizonMs: DAY_MS })).toBe(11 + 2 * DAY_SECONDS);
  });

  it('is 45 days and one by default', () => {
    expect(claimExpiry({ nowMs: 0, horizonMs: DEFAULT_HORIZON_MS })).toBe(46 * DAY_SECONDS);
  });
});

describe(isBeyondHorizon, () => {
  it.each([
    [999, true],
    [1000, false],
    [2000, false],
    [9000, false],
  ])('of an event at %i ms, with a horizon from 1,000 ms on: %p', (eventTimeMs, beyond) => {
    expect(isBeyondHorizon({ eventTimeMs, nowMs: 3000, horizonMs: 2000 })).toBe(beyond);
  });
});
