import * as fc from 'fast-check';
import { backoffMs } from './backoff';

const backoff = { baseMs: 200, maxMs: 10_000 };

describe('the wait after failures', () => {
  it('is nothing without a failure', () => {
    expect(backoffMs(backoff, 0, () => 0.9)).toBe(0);
  });

  it('doubles with each failure in a row', () => {
    expect([1, 2, 3].map((failures) => backoffMs(backoff, failures, () => 0.5))).toEqual([150, 300, 600]);
  });

  it('stays between half the ceiling and the ceiling, however many failures', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, r) => {
          const ceilingMs = Math.min(backoff.maxMs, backoff.baseMs * 2 ** (n - 1));
          const waitMs = backoffMs(backoff, n, () => r);
          expect(waitMs).toBeGreaterThanOrEqual(Math.floor(ceilingMs / 2));
          expect(waitMs).toBeLessThanOrEqual(ceilingMs);
        },
      ),
    );
  });
});
