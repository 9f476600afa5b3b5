import * as fc from 'fast-check';
import { SequenceWindow } from './sequence-window';

describe('SequenceWindow', () => {
  it('tells new, late, duplicate and too old apart', () => {
    const window = SequenceWindow.startingAt(10);
    window.mark(50);
    window.mark(48);
    expect([51, 50, 49, 48, 19, 18].map((seq) => window.classify(seq))).toEqual([
      'new',
      'duplicate',
      'late',
      'duplicate',
      'late',
      'stale',
    ]);
  });

  it('returns how many beats a new one leaves missing', () => {
    const window = SequenceWindow.startingAt(1);
    expect(window.mark(2)).toBe(0);
    expect(window.mark(6)).toBe(3);
    expect(window.mark(4)).toBe(0);
    expect(window.missing({ firstSeq: 3, count: 3 })).toBe(2);
  });

  it('agrees with a set of everything seen, in any order', () => {
    const sequences = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(sequences, ([first = 1, ...rest]) => {
        const window = SequenceWindow.startingAt(first);
        const seen = new Set([first]);
        for (const seq of rest) {
          const highest = Math.max(...seen);
          const known = seen.has(seq) ? 'duplicate' : 'late';
          const expected = seq > highest ? 'new' : highest - seq >= 32 ? 'stale' : known;
          expect(window.classify(seq)).toBe(expected);
          window.mark(seq);
          seen.add(seq);
        }
      }),
    );
  });
});
