import * as fc from 'fast-check';
import { DueWheel } from './due-wheel';

describe('DueWheel', () => {
  it('hands out every item once, none later than it is due', () => {
    const steps = fc.array(fc.record({ dueMs: fc.nat(100_000), afterMs: fc.nat(5_000) }));
    fc.assert(
      fc.property(steps, (all) => {
        const wheel = new DueWheel<number>(1_000);
        const waiting = new Set<number>();
        let nowMs = 0;
        for (const { dueMs, afterMs } of all) {
          const item = dueMs + nowMs;
          if (!waiting.has(item)) wheel.add(item, item);
          waiting.add(item);
          nowMs += afterMs;
          for (const taken of wheel.take(nowMs)) expect(waiting.delete(taken)).toBe(true);
          for (const left of waiting) expect(left).toBeGreaterThan(nowMs);
        }
      }),
    );
  });

  it('takes an item that is added for a time that has passed', () => {
    const wheel = new DueWheel<string>(1_000);
    wheel.take(50_000);
    wheel.add('overdue', 10_000);
    expect(wheel.take(50_000)).toEqual(['overdue']);
    expect(wheel.take(50_000)).toEqual([]);
  });
});
