import { InvalidDetectorSettingsError } from './errors';
import { detectorSettings } from './settings';

describe('detectorSettings', () => {
  it('scales every duration with the interval, except the stall bound', () => {
    const slow = detectorSettings({ intervalMs: 10_000 });
    const quick = detectorSettings({ intervalMs: 500 });
    const durations = (Object.keys(slow) as (keyof typeof slow)[]).filter((name) => name.endsWith('Ms'));
    expect(durations.length).toBeGreaterThan(20);
    for (const name of durations) {
      if (name !== 'loopStallMs') expect(quick[name]).toBeCloseTo((slow[name] ?? 0) / 20, 9);
    }
  });

  it('has the numbers of the design at 10 s', () => {
    expect(detectorSettings()).toMatchObject({
      canaryPeriodMs: 5_000,
      canaryMaxAgeMs: 15_000,
      provenLagMs: 5_000,
      blindLagMs: 15_000,
      settleMs: 15_000,
      loopStallMs: 1_000,
      offsetHalfWindowMs: 300_000,
      buryAfterMs: 300_000,
      forgetDownMs: 86_400_000,
    });
  });

  it('keeps the stall bound at 1 s however short the interval', () => {
    expect(detectorSettings({ intervalMs: 500 }).loopStallMs).toBe(1_000);
  });

  it('names every option that is out of bounds', () => {
    const start = () => detectorSettings({ intervalMs: 1, fixedMissedBeats: Number.NaN });
    expect(start).toThrow(InvalidDetectorSettingsError);
    expect(start).toThrow(/intervalMs must be from 100.*fixedMissedBeats must be from 1 to 16, got NaN/);
  });
});
