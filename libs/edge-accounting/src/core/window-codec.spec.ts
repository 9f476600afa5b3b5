import * as fc from 'fast-check';
import { FATES, SequenceWindow } from './sequence-window';
import { decodeWindow, encodeWindow } from './window-codec';

function knowledge(window: SequenceWindow | undefined): unknown {
  if (!window) return undefined;
  const fates = Array.from({ length: window.highest - window.floor }, (_, index) =>
    window.fateOf(window.floor + 1 + index),
  );
  return { highest: window.highest, size: window.size, forgottenUpTo: window.forgottenUpTo, fates };
}

function overTheWire(window: SequenceWindow): SequenceWindow | undefined {
  return decodeWindow(JSON.parse(JSON.stringify(encodeWindow(window))));
}

const filled = fc
  .record({
    size: fc.constantFrom(32, 64, 256),
    marks: fc.array(
      fc.record({ sequence: fc.integer({ min: 1, max: 600 }), fate: fc.constantFrom(...FATES) }),
      {
        maxLength: 300,
      },
    ),
  })
  .map(({ size, marks }) => {
    const window = new SequenceWindow(size);
    for (const { sequence, fate } of marks) window.mark(sequence, fate);
    return window;
  });

describe('the wire form of a window', () => {
  it('reads back every window', () => {
    fc.assert(
      fc.property(filled, (window) => expect(knowledge(overTheWire(window))).toEqual(knowledge(window))),
    );
  });

  it('is short when one consumer has seen almost everything', () => {
    const window = new SequenceWindow(8_192);
    for (let sequence = 1; sequence <= 100_000; sequence += 1)
      if (sequence !== 99_000) window.observe(sequence);
    expect(JSON.stringify(encodeWindow(window)).length).toBeLessThan(100);
    expect(knowledge(overTheWire(window))).toEqual(knowledge(window));
  });

  it('is no longer than a bitmap when two consumers compete for each message', () => {
    const window = new SequenceWindow(8_192);
    // A fixed sequence of coin tosses (Lehmer), half of the numbers.
    let toss = 42;
    for (let sequence = 1; sequence <= 8_192; sequence += 1) {
      toss = (toss * 48_271) % 2_147_483_647;
      if (toss % 2 === 0) window.observe(sequence);
    }
    expect(JSON.stringify(encodeWindow(window)).length).toBeLessThan(1_450);
    expect(knowledge(overTheWire(window))).toEqual(knowledge(window));
  });

  const valid = { highest: 10, size: 32, sets: { delivered: 'rAAo=' } };
  it.each([
    ['nothing', undefined],
    ['a list', []],
    ['no sets', { highest: 10, size: 32 }],
    ['a fraction', { ...valid, highest: 1.5 }],
    ['a negative number', { ...valid, highest: -1 }],
    ['a size that is no multiple of 32', { ...valid, size: 33 }],
    ['a size above the largest', { ...valid, size: 65_568 }],
    ['a set that nobody knows', { ...valid, sets: { stolen: 'rAAo=' } }],
    ['a set that is no text', { ...valid, sets: { delivered: 7 } }],
    ['a set without a form', { ...valid, sets: { delivered: 'AAo=' } }],
    ['a set that is not base64', { ...valid, sets: { delivered: 'r!!!!' } }],
    ['runs beyond the highest number', { ...valid, sets: { delivered: 'rAAs=' } }],
    ['a run that does not end', { ...valid, sets: { delivered: 'r////' } }],
    ['a bitmap of another length', { ...valid, sets: { delivered: 'bAA==' } }],
    ['a bitmap with a number above the highest', { ...valid, sets: { delivered: 'bAP8=' } }],
    ['text that is longer than any honest one', { ...valid, sets: { delivered: `r${'A'.repeat(100)}` } }],
    ['numbers forgotten that are still remembered', { ...valid, forgottenUpTo: 5 }],
  ])('refuses %s', (_what, value) => {
    expect(decodeWindow(valid)?.fateOf(10)).toBe('delivered');
    expect(decodeWindow(value)).toBeUndefined();
  });

  it('never throws on anything from outside', () => {
    const sets = fc.dictionary(fc.constantFrom(...FATES), fc.oneof(fc.string(), fc.base64String()));
    const wire = fc.record({
      highest: fc.nat(),
      size: fc.constantFrom(32, 65_536),
      forgottenUpTo: fc.nat(),
      sets,
    });
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), wire), (value) => void decodeWindow(value)));
  });
});
