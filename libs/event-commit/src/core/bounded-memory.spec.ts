import * as fc from 'fast-check';
import { BoundedMemory } from './bounded-memory';

describe('a bounded memory', () => {
  it('never holds more than its bound, and always the youngest half of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.array(fc.nat({ max: 30 })), (maxEntries, keys) => {
        const memory = new BoundedMemory<number>({ maxEntries });
        for (const key of keys) memory.set(`${key}`, key);
        const distinct = [...new Set(keys.toReversed())];
        const held = distinct.filter((key) => memory.get(`${key}`) !== undefined);
        expect(held.length).toBeLessThanOrEqual(maxEntries);
        expect(held).toEqual(expect.arrayContaining(distinct.slice(0, Math.floor(maxEntries / 2))));
      }),
    );
  });

  it('never holds more than its bound of weight', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 60 }))), (entries) => {
        const memory = new BoundedMemory<number>({ maxEntries: 1_000, maxWeight: 100 });
        const keys = new Set<string>();
        for (const [key, weight] of entries) {
          memory.set(`${key}`, weight, weight);
          keys.add(`${key}`);
          const total = [...keys].reduce((sum, held) => sum + (memory.get(held) ?? 0), 0);
          expect(total).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('answers the value that was set last, while it holds one', () => {
    const memory = new BoundedMemory<string>({ maxEntries: 2 });
    memory.set('a', 'first');
    memory.set('b', 'other');
    memory.set('a', 'second');
    expect(memory.get('a')).toBe('second');
  });

  it('remembers nothing when its bound is below 2', () => {
    const memory = new BoundedMemory<string>({ maxEntries: 1 });
    memory.set('a', 'value');
    expect(memory.get('a')).toBeUndefined();
  });
});
