import { seededRandom, shuffled } from './chance';

const items = Array.from({ length: 50 }, (_, i) => i);

describe('shuffled', () => {
  it('keeps every item and changes their order', () => {
    const order = shuffled(items, 7);
    expect(order).not.toEqual(items);
    expect(order.toSorted((one, other) => one - other)).toEqual(items);
  });

  it('shuffles alike with the same seed, and otherwise with another', () => {
    expect(shuffled(items, 7)).toEqual(shuffled(items, 7));
    expect(shuffled(items, 7)).not.toEqual(shuffled(items, 8));
  });
});

describe('seededRandom', () => {
  it('gives numbers in [0, 1) that are spread evenly', () => {
    const random = seededRandom(1);
    const numbers = Array.from({ length: 10_000 }, random);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(numbers.filter((number) => number < 0.1).length).toBeGreaterThan(900);
    expect(numbers.filter((number) => number < 0.1).length).toBeLessThan(1_100);
  });
});
