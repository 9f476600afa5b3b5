import * as fc from 'fast-check';
import { MissedBeats, missedBeatsFor } from './missed-beats';
import { detectorSettings } from './settings';

const hourMs = 3_600_000;

describe('missedBeatsFor', () => {
  it.each([
    [0.002, 3],
    [0.0021, 4],
    [0.02, 4],
    [0.021, 6],
    [0.07, 6],
    [0.071, 8],
  ])('needs at a loss of %d %i beats', (loss, beats) => {
    expect(missedBeatsFor(loss)).toBe(beats);
  });
});

describe('MissedBeats', () => {
  it('rises at once and falls only after an hour of lower loss', () => {
    const beats = new MissedBeats(detectorSettings());
    expect(beats.update(0.05, 0)).toBe(true);
    expect(beats.update(0.001, 1)).toBe(false);
    expect(beats.update(0.001, hourMs)).toBe(false);
    expect(beats.update(0.001, hourMs + 1)).toBe(true);
    expect(beats.value).toBe(3);
  });

  it('falls no lower than the hour demanded', () => {
    const beats = new MissedBeats(detectorSettings(), 8);
    beats.update(0.001, 0);
    beats.update(0.05, 10);
    beats.update(0.001, hourMs);
    expect(beats.value).toBe(6);
  });

  it('begins the hour again when the loss comes back', () => {
    const beats = new MissedBeats(detectorSettings(), 4);
    beats.update(0.001, 0);
    beats.update(0.01, hourMs - 1);
    beats.update(0.001, hourMs);
    expect(beats.value).toBe(4);
  });

  it('does not move when it is fixed', () => {
    const beats = new MissedBeats(detectorSettings({ fixedMissedBeats: 3 }), 8);
    expect(beats.update(0.5, 0)).toBe(false);
    expect(beats.value).toBe(3);
  });

  it('is never lower than the loss of the moment demands', () => {
    const losses = fc.array(
      fc.record({ loss: fc.double({ min: 0, max: 0.1, noNaN: true }), afterMs: fc.nat(hourMs) }),
    );
    fc.assert(
      fc.property(losses, (all) => {
        const beats = new MissedBeats(detectorSettings());
        let nowMs = 0;
        for (const { loss, afterMs } of all) {
          beats.update(loss, (nowMs += afterMs));
          expect(beats.value).toBeGreaterThanOrEqual(missedBeatsFor(loss));
        }
      }),
    );
  });
});
