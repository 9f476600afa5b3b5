import { once } from 'node:events';
import { sideBySide, turns } from './turns';

describe('turns', () => {
  it('lets the next one begin when the one before has ended, even badly', async () => {
    const takeTurns = turns();
    const heard: string[] = [];
    const first = takeTurns(async () => {
      await Promise.resolve();
      heard.push('first ends');
      throw new Error('badly');
    });
    const second = takeTurns(async () => void heard.push('second begins'));
    await expect(first).rejects.toThrow('badly');
    await second;
    expect(heard).toEqual(['first ends', 'second begins']);
  });
});

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
