import * as fc from 'fast-check';
import { decimalText } from './decimal-text';

describe('decimalText', () => {
  it('writes a timestamp to the millisecond and a count without a point', () => {
    expect(decimalText(1_763_791_143.1234, 3)).toBe('1763791143.123');
    expect(decimalText(7, 0)).toBe('7');
  });

  it('writes what is no number as OpenMetrics does', () => {
    expect([NaN, Infinity, -Infinity].map((value) => decimalText(value, 3))).toEqual(['NaN', '+Inf', '-Inf']);
  });

  it('gives back every count and every millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (whole) => {
        expect(Number(decimalText(whole, 0))).toBe(whole);
        expect(Math.round(Number(decimalText(whole / 1_000, 3)) * 1_000)).toBe(whole);
      }),
    );
  });
});
