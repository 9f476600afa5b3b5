import * as fc from 'fast-check';
import { type Fate, FATES, SequenceWindow, windowSizeFor } from './sequence-window';

const SIZE = 64;

/** What a window knows, number by number. */
function knowledge(window: SequenceWindow): unknown {
  const numbers = Array.from(
    { length: window.highest - window.floor },
    (_, index) => window.floor + 1 + index,
  );
  return {
    highest: window.highest,
    forgottenUpTo: window.forgottenUpTo,
    fates: numbers.map((sequence) => window.fateOf(sequence)),
  };
}

function windowOf(events: readonly { readonly sequence: number; readonly fate: Fate }[]): SequenceWindow {
  const window = new SequenceWindow(SIZE);
  for (const { sequence, fate } of events) window.mark(sequence, fate);
  return window;
}

function joined(...windows: readonly SequenceWindow[]): SequenceWindow {
  const result = new SequenceWindow(SIZE);
  for (const window of windows) result.merge(window);
  return result;
}

// Three times the window, so that numbers slide out; small enough that windows overlap.
const event = fc.record({ sequence: fc.integer({ min: 1, max: 3 * SIZE }), fate: fc.constantFrom(...FATES) });
const events = fc.array(event, { maxLength: 60 });

describe('SequenceWindow.observe', () => {
  it('calls each number of a sequence in order new', () => {
    const window = new SequenceWindow(SIZE);
    expect([1, 2, 3].map((sequence) => window.observe(sequence))).toEqual(['new', 'new', 'new']);
  });

  it('tells a number that fills a gap from one that was seen', () => {
    const window = new SequenceWindow(SIZE);
    expect([3, 1, 1, 3, 2].map((sequence) => window.observe(sequence))).toEqual([
      'new',
      'gap_filled',
      'duplicate',
      'duplicate',
      'gap_filled',
    ]);
  });

  it('calls a number at the floor late and the one above it a filled gap', () => {
    const window = new SequenceWindow(SIZE);
    window.observe(100);
    expect(window.floor).toBe(36);
    expect([window.observe(36), window.observe(37)]).toEqual(['late', 'gap_filled']);
  });

  it('agrees with a set of everything seen, within the window', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 * SIZE })), (sequences) => {
        const window = new SequenceWindow(SIZE);
        const seen = new Set<number>();
        let highest = 0;
        for (const sequence of sequences) {
          const expected =
            sequence > highest
              ? 'new'
              : sequence <= highest - SIZE
                ? 'late'
                : seen.has(sequence)
                  ? 'duplicate'
                  : 'gap_filled';
          expect(window.observe(sequence)).toBe(expected);
          highest = Math.max(highest, sequence);
          seen.add(sequence);
        }
      }),
    );
  });

  it('works at the end of the safe integers', () => {
    const window = new SequenceWindow(SIZE);
    const last = Number.MAX_SAFE_INTEGER;
    expect([window.observe(last), window.observe(last), window.observe(last - 40)]).toEqual([
      'new',
      'duplicate',
      'gap_filled',
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('refuses %d, which numbers nothing', (sequence) => {
    expect(() => new SequenceWindow(SIZE).observe(sequence)).toThrow(
      expect.objectContaining({ code: 'sequence_invalid' }),
    );
  });
});

describe('SequenceWindow', () => {
  it.each([0, 31, 33, 65_568, Number.NaN])('refuses a size of %d', (size) => {
    expect(() => new SequenceWindow(size)).toThrow(expect.objectContaining({ code: 'window_size_invalid' }));
  });

  it.each([
    ['a void overrides that nobody can tell', ['void', 'unobserved'], 'void'],
    ['an arrival overrides a void', ['void', 'delivered'], 'delivered'],
    ['a void does not override an arrival', ['delivered', 'void'], 'delivered'],
    ['an attempt overrides a void', ['void', 'attempted'], 'attempted'],
    ['a dead letter overrides an attempt', ['attempted', 'dead_lettered'], 'dead_lettered'],
    ['a redriven dead letter is delivered', ['dead_lettered', 'delivered'], 'delivered'],
  ] as const)('%s', (_rule, fates, expected) => {
    expect(windowOf(fates.map((fate) => ({ sequence: 5, fate }))).fateOf(5)).toBe(expected);
  });

  it('says up to where sliding has cost knowledge, and nothing when only gaps slid out', () => {
    const window = windowOf([{ sequence: 10, fate: 'delivered' }]);
    window.announce(SIZE + 9);
    expect(window.forgottenUpTo).toBe(0);
    window.announce(SIZE + 10);
    expect(window.forgottenUpTo).toBe(10);
    window.announce(10 * SIZE);
    expect(window.forgottenUpTo).toBe(10);
  });

  it('forgets everything in one jump over the whole window', () => {
    const window = windowOf([{ sequence: 7, fate: 'delivered' }]);
    window.announce(1_000_000);
    expect(window.tally(window.floor, window.highest)).toMatchObject({ missing: SIZE, delivered: 0 });
  });

  it('counts the fates of any range as they are one by one', () => {
    const bound = fc.integer({ min: 0, max: 3 * SIZE + 40 });
    fc.assert(
      fc.property(events, bound, bound, (all, x, y) => {
        const window = windowOf(all);
        const range = { after: Math.min(x, y), upTo: Math.max(x, y) };
        const expected = { unobserved: 0, void: 0, attempted: 0, dead_lettered: 0, delivered: 0, missing: 0 };
        for (let sequence = range.after + 1; sequence <= range.upTo; sequence += 1) {
          expected[window.fateOf(sequence)] += 1;
        }
        expect(window.tally(range.after, range.upTo)).toEqual(expected);
      }),
    );
  });
});

describe('SequenceWindow.merge', () => {
  it('is commutative', () => {
    fc.assert(
      fc.property(events, events, (a, b) => {
        expect(knowledge(joined(windowOf(a), windowOf(b)))).toEqual(
          knowledge(joined(windowOf(b), windowOf(a))),
        );
      }),
    );
  });

  it('is associative', () => {
    fc.assert(
      fc.property(events, events, events, (a, b, c) => {
        const [x, y, z] = [windowOf(a), windowOf(b), windowOf(c)];
        expect(knowledge(joined(joined(x, y), z))).toEqual(knowledge(joined(x, joined(y, z))));
      }),
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(events, events, (a, b) => {
        const once = joined(windowOf(a), windowOf(b));
        expect(knowledge(joined(once, windowOf(b), once))).toEqual(knowledge(once));
      }),
    );
  });

  it('knows what one window would know that had seen everything', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.boolean())), (shared) => {
        const left = windowOf(shared.filter(([, isLeft]) => isLeft).map(([each]) => each));
        const right = windowOf(shared.filter(([, isLeft]) => !isLeft).map(([each]) => each));
        expect(knowledge(joined(left, right))).toEqual(knowledge(windowOf(shared.map(([each]) => each))));
      }),
    );
  });

  it('takes a small window into a large one in any order', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 5 }), (parts) => {
        const small = parts.map(windowOf);
        const [forth, back] = [new SequenceWindow(4 * SIZE), new SequenceWindow(4 * SIZE)];
        for (const window of small) forth.merge(window);
        for (const window of small.toReversed()) back.merge(window);
        expect(knowledge(forth)).toEqual(knowledge(back));
      }),
    );
  });

  it('stops at the number it is told to stop at', () => {
    const producer = windowOf([3, 9].map((sequence) => ({ sequence, fate: 'void' as const })));
    const window = new SequenceWindow(SIZE);
    window.merge(producer, 5);
    expect([window.highest, window.fateOf(3), window.fateOf(9)]).toEqual([5, 'void', 'missing']);
  });
});

describe('windowSizeFor', () => {
  it.each([
    [1, 32],
    [32, 32],
    [33, 64],
    [8_192, 8_192],
    [1_000_000, 65_536],
  ])('%i numbers is %i', (numbers, size) => {
    expect(windowSizeFor(numbers)).toBe(size);
    expect(new SequenceWindow(size).size).toBe(size);
  });
});
