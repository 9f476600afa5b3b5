import * as fc from 'fast-check';
import { OverdueMarks } from './overdue-marks';

describe('OverdueMarks', () => {
  it('calls a number overdue after the waiting time, not before', () => {
    const marks = new OverdueMarks(16_000);
    marks.advance(10, 1_000);
    marks.advance(10, 16_999);
    expect(marks.overdueUpTo).toBe(0);
    marks.advance(10, 17_000);
    expect(marks.overdueUpTo).toBe(10);
  });

  it('never calls a number overdue early, and at most a sixteenth late when time moves in steps', () => {
    const steps = fc.array(
      fc.record({ rise: fc.nat({ max: 3 }), afterMs: fc.integer({ min: 1, max: 400 }) }),
      {
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const waitMs = 1_600;
        const longestStepMs = 400;
        const marks = new OverdueMarks(waitMs);
        const bornAtMs: number[] = [];
        let nowMs = 0;
        for (const { rise, afterMs } of all) {
          nowMs += afterMs;
          for (let count = 0; count < rise; count += 1) bornAtMs.push(nowMs);
          marks.advance(bornAtMs.length, nowMs);
          bornAtMs.forEach((birthMs, index) => {
            const ageMs = nowMs - birthMs;
            const overdue = index + 1 <= marks.overdueUpTo;
            if (overdue) expect(ageMs).toBeGreaterThanOrEqual(waitMs);
            // Steps coarser than a sixteenth add themselves, once to the mark and once to its end.
            else expect(ageMs).toBeLessThan(waitMs + waitMs / 16 + 2 * longestStepMs);
          });
        }
      }),
    );
  });
});
