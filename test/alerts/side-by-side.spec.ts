import { once } from 'node:events';
import { pieces, sideBySide } from './side-by-side';

describe('sideBySide', () => {
  it('runs so many at once, and each item once, in order', async () => {
    const gates = new EventTarget();
    const began: number[] = [];
    const all = sideBySide([1, 2, 3], 2, async (item) => {
      began.push(item);
      await once(gates, String(item));
    });
    expect(began).toEqual([1, 2]);
    const third = new Promise((resolve) => setImmediate(resolve));
    gates.dispatchEvent(new Event('2'));
    await third;
    expect(began).toEqual([1, 2, 3]);
    for (const gate of ['1', '3']) gates.dispatchEvent(new Event(gate));
    await all;
  });
});

describe('pieces', () => {
  it('keeps the order and loses nothing', () => {
    expect(pieces([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  });
});
