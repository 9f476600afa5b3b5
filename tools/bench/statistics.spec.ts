import { median, percentile } from './statistics';

describe(percentile, () => {
  it('is the smallest value that so many percent do not exceed', () => {
    const values = Array.from({ length: 200 }, (_, i) => 200 - i);
    expect(percentile(values, 50)).toBe(100);
    expect(percentile(values, 99)).toBe(198);
    expect(percentile(values, 100)).toBe(200);
  });

  it('is the only value of one', () => {
    expect(percentile([7], 1)).toBe(7);
  });
});

describe(median, () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the middle two of an even number', () => {
    expect(median([1, 10, 2, 4])).toBe(3);
  });
});
