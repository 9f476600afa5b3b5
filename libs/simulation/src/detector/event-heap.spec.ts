import * as fc from 'fast-check';
import { EventHeap } from './event-heap';

describe('EventHeap', () => {
  it('hands events out in the order of their time, then of their addition', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const heap = new EventHeap<number>();
        for (const [order, atMs] of times.entries()) heap.add(atMs, order);
        const taken = times.map(() => heap.take());
        const sorted = [...times.entries()].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
        expect(taken.map((entry) => entry?.event)).toEqual(sorted.map(([order]) => order));
        expect(heap.take()).toBeUndefined();
      }),
    );
  });
});
