import * as fc from 'fast-check';
import { MarkTracker } from './mark-tracker';

describe('MarkTracker', () => {
  it('stands at the next number while nothing is open', () => {
    expect(new MarkTracker(5).mark).toBe(5);
  });

  it('stays at a segment until its last operation is finished', () => {
    const tracker = new MarkTracker(1);
    tracker.open(1, 2);
    tracker.finish({ number: 1, index: 1 });
    expect(tracker.mark).toBe(1);
    tracker.finish({ number: 1, index: 0 });
    expect(tracker.mark).toBe(2);
  });

  it('stays at the first unfinished segment when later ones are finished', () => {
    const tracker = new MarkTracker(1);
    for (const number of [1, 2, 3]) tracker.open(number, 1);
    tracker.finish({ number: 2, index: 0 });
    tracker.finish({ number: 3, index: 0 });
    expect(tracker.mark).toBe(1);
    tracker.finish({ number: 1, index: 0 });
    expect(tracker.mark).toBe(4);
  });

  it('does not count an operation that is finished twice for another one', () => {
    const tracker = new MarkTracker(1);
    tracker.open(1, 2);
    tracker.finish({ number: 1, index: 0 });
    tracker.finish({ number: 1, index: 0 });
    expect(tracker.mark).toBe(1);
  });

  it('passes a number that was opened without records', () => {
    const tracker = new MarkTracker(1);
    tracker.open(1, 0);
    expect(tracker.mark).toBe(2);
  });

  it('is the first unfinished segment, whatever the order of finishing, and never falls', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 });
    const scenario = sizes.chain((sizes) => {
      const operations = sizes.flatMap((size, i) =>
        Array.from({ length: size }, (_, index) => ({ number: i + 1, index })),
      );
      const order = fc.shuffledSubarray(operations, { minLength: operations.length });
      return fc.record({ sizes: fc.constant(sizes), order });
    });
    fc.assert(
      fc.property(scenario, ({ sizes, order }) => {
        const tracker = new MarkTracker(1);
        for (const [i, size] of sizes.entries()) tracker.open(i + 1, size);
        for (const [done, operation] of order.entries()) {
          const before = tracker.mark;
          tracker.finish(operation);
          const unfinished = order.slice(done + 1).map(({ number }) => number);
          expect(tracker.mark).toBe(Math.min(sizes.length + 1, ...unfinished));
          expect(tracker.mark).toBeGreaterThanOrEqual(before);
        }
      }),
    );
  });
});
