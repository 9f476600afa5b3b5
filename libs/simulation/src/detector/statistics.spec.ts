import { poissonInterval, quantile } from './statistics';

describe('quantile', () => {
  it('is the value of the nearest rank', () => {
    expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(quantile([5, 1, 4, 2, 3], 0.99)).toBe(5);
  });

  it('of nothing is nothing', () => {
    expect(quantile([], 0.5)).toBeUndefined();
  });
});

describe('poissonInterval', () => {
  it.each([
    [0, 0, 3.69],
    [1, 0.025, 5.57],
    [10, 4.8, 18.39],
    [100, 81.4, 121.6],
  ])('of %i events is %d to %d', (count, lower, upper) => {
    const interval = poissonInterval(count);
    expect(Math.abs(interval.lower - lower)).toBeLessThan(0.02 * (1 + lower));
    expect(Math.abs(interval.upper - upper)).toBeLessThan(0.01 * upper);
  });
});
