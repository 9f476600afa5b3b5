import * as fc from 'fast-check';
import { compareStamps, type LamportStamp } from './stamp';

// Small ranges, so that equal parts are met often.
const stamp: fc.Arbitrary<LamportStamp> = fc.record({
  lamport: fc.integer({ min: 0, max: 3 }),
  source: fc.constantFrom('/a', '/b', '/ä', '/B'),
  epoch: fc.constantFrom(0, 1_000, 2_000),
  requestId: fc.string({ maxLength: 2 }),
});

describe('compareStamps', () => {
  it('orders by time before anything else', () => {
    const early = { lamport: 1, source: '/z', epoch: 9, requestId: 'z' };
    const late = { lamport: 2, source: '/a', epoch: 0, requestId: 'a' };
    expect(compareStamps(early, late)).toBeLessThan(0);
  });

  it.each([
    ['source', { source: '/a' }, { source: '/b' }],
    ['epoch', { epoch: 999 }, { epoch: 1_000 }],
    ['request id', { requestId: 'a' }, { requestId: 'b' }],
  ])('decides an equal time by the %s', (_part, lower, higher) => {
    const same = { lamport: 7, source: '/a', epoch: 1_000, requestId: 'a' };
    expect(compareStamps({ ...same, ...lower }, { ...same, ...higher })).toBeLessThan(0);
  });

  it('answers 0 only for the same stamp', () => {
    fc.assert(
      fc.property(stamp, stamp, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        return (compareStamps(a, b) === 0) === same;
      }),
    );
  });

  it('is antisymmetric', () => {
    fc.assert(
      fc.property(
        stamp,
        stamp,
        (a, b) => Math.sign(compareStamps(a, b)) + Math.sign(compareStamps(b, a)) === 0,
      ),
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(stamp, stamp, stamp, (...three) => {
        const [a, b, c] = three.toSorted(compareStamps);
        return compareStamps(a!, b!) <= 0 && compareStamps(b!, c!) <= 0 && compareStamps(a!, c!) <= 0;
      }),
    );
  });

  it('gives one order whatever order the stamps arrived in', () => {
    fc.assert(
      fc.property(fc.array(stamp), fc.infiniteStream(fc.nat()), (stamps, random) => {
        const shuffled = stamps
          .map((value) => ({ value, key: random.next().value }))
          .toSorted((a, b) => a.key - b.key);
        expect(shuffled.map(({ value }) => value).toSorted(compareStamps)).toEqual(
          stamps.toSorted(compareStamps),
        );
      }),
    );
  });
});
