import * as fc from 'fast-check';
import { isWorse, judgeSilence, nextBoundaryMs } from './judge-silence';

const at = (silenceMs: number, missedBeats = 3) =>
  judgeSilence({ silenceMs, intervalMs: 10_000, missedBeats });

describe('judgeSilence', () => {
  it.each([
    [15_000, 'up'],
    [15_001, 'late'],
    [25_000, 'late'],
    [25_001, 'suspect'],
    [35_000, 'suspect'],
    [35_001, 'down'],
  ])('calls a silence of %i ms %s: a boundary belongs to the better verdict', (silenceMs, verdict) => {
    expect(at(silenceMs)).toBe(verdict);
  });

  it('calls a watermark behind the last heartbeat up', () => {
    expect(at(-5_000)).toBe('up');
  });

  it('needs k beats lost in a row before it says down', () => {
    for (const k of [3, 4, 6, 8]) {
      expect(at(k * 10_000 * 1.05, k)).not.toBe('down');
      expect(at((k + 1) * 10_000 * 0.95, k)).toBe('down');
    }
  });

  it('never gets better with more silence, and changes exactly at the next boundary', () => {
    const reading = fc.record({
      intervalMs: fc.integer({ min: 100, max: 60_000 }),
      missedBeats: fc.constantFrom(3, 4, 6, 8),
    });
    fc.assert(
      fc.property(reading, fc.integer({ min: 0, max: 1_000_000 }), (scale, silenceMs) => {
        const verdict = judgeSilence({ ...scale, silenceMs });
        const boundaryMs = nextBoundaryMs(verdict, scale);
        expect(silenceMs).toBeLessThanOrEqual(boundaryMs);
        if (boundaryMs !== Infinity) {
          expect(isWorse(judgeSilence({ ...scale, silenceMs: boundaryMs + 1 }), verdict)).toBe(true);
        }
      }),
    );
  });
});
