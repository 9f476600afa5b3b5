import { seededRandom } from './seeded-random';

const take = (seed: number, count: number): readonly number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe('seeded random numbers', () => {
  it('are the same for the same seed and others for another', () => {
    expect(take(7, 5)).toEqual(take(7, 5));
    expect(take(7, 5)).not.toEqual(take(8, 5));
  });

  it('fill [0, 1) evenly, for neighbouring seeds too', () => {
    for (const seed of [0, 1, 2, 3]) {
      const tenths = Array.from({ length: 10 }, () => 0);
      for (const number of take(seed, 10_000)) tenths[Math.floor(number * 10)]! += 1;
      for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
    }
    const firsts = Array.from({ length: 1_000 }, (_, seed) => take(seed, 1)[0] ?? 0);
    const mean = firsts.reduce((sum, number) => sum + number) / firsts.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  });
});
