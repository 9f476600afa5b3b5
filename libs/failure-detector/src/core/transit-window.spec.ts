import * as fc from 'fast-check';
import { detectorSettings } from './settings';
import { TransitWindow } from './transit-window';

const delayOf = (transits: readonly number[]) => {
  const window = new TransitWindow(detectorSettings());
  for (const transitMs of transits) window.observe(transitMs, 0);
  return window.delayMs(0);
};
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('TransitWindow', () => {
  it.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 2],
    [39, 38],
    [40, 38],
    [100, 95],
  ])('of %i samples takes the one of rank %i', (count, expected) => {
    expect(delayOf(upTo(count).reverse())).toBe(expected);
  });

  it('forgets samples older than T', () => {
    const window = new TransitWindow(detectorSettings());
    window.observe(9_000, 0);
    window.observe(100, 5_000);
    expect(window.delayMs(10_000)).toBe(9_000);
    expect(window.delayMs(10_001)).toBe(100);
  });

  it('is not raised by one straggler among three', () => {
    expect(delayOf([50, 60_000, 40])).toBe(50);
  });

  it('keeps the newest samples when there are more than it holds', () => {
    expect(delayOf([...Array<number>(4_096).fill(9_000), ...Array<number>(4_096).fill(1)])).toBe(1);
  });

  it('is one of its samples, and 95 % of 40 or more stay within it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 200 }), (transits) => {
        const delayMs = delayOf(transits);
        expect(transits).toContain(delayMs);
        if (transits.length < 40) return;
        expect(transits.filter((transit) => transit <= delayMs).length).toBeGreaterThanOrEqual(
          0.95 * transits.length,
        );
      }),
    );
  });
});
