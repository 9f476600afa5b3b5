import * as fc from 'fast-check';
import { MAX_LABEL_VALUE_LENGTH, SeriesGuard } from './series-guard';

describe('SeriesGuard', () => {
  it('keeps a series it admitted when the bound is reached', () => {
    const guard = new SeriesGuard(['service'], 1);
    expect(guard.admit({ service: 'a' })).toBe('new');
    expect(guard.admit({ service: 'b' })).toBe('refused');
    expect(guard.admit({ service: 'a' })).toBe('known');
  });

  it('gives the place of a released series to another', () => {
    const guard = new SeriesGuard(['service'], 1);
    guard.admit({ service: 'a' });
    guard.release({ service: 'a' });
    expect(guard.admit({ service: 'b' })).toBe('new');
  });

  it('refuses a value one character over the length, and takes one of exactly that length', () => {
    const guard = new SeriesGuard(['service'], 10);
    expect(guard.admit({ service: 'x'.repeat(MAX_LABEL_VALUE_LENGTH + 1) })).toBe('refused');
    expect(guard.admit({ service: 'x'.repeat(MAX_LABEL_VALUE_LENGTH) })).toBe('new');
  });

  it('never mistakes one label set for another, whatever characters are in the values', () => {
    const text = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(text, text), { selector: ([a, b]) => JSON.stringify([a, b]) }),
        (sets) => {
          const guard = new SeriesGuard(['a', 'b'], 1_000);
          expect(sets.map(([a, b]) => guard.admit({ a, b }))).toEqual(sets.map(() => 'new'));
        },
      ),
    );
  });

  it('never has more series than its bound', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.integer({ min: 0, max: 5 }), (values, maxSeries) => {
        const guard = new SeriesGuard(['a'], maxSeries);
        const admitted = values.filter((a) => guard.admit({ a }) === 'new');
        expect(admitted.length).toBeLessThanOrEqual(maxSeries);
      }),
    );
  });
});
