import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { NotJsonError } from './canonical-json';
import { fingerprintOf } from './fingerprint';

const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex');

/** The same JSON value with the members of every object in the opposite order. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, turned(member)]);
  return Object.fromEntries(members.toReversed());
};

describe(fingerprintOf, () => {
  it('is the SHA-256 of the canonical JSON', () => {
    // printf '{"a":1,"b":[true,"\u20ac"]}' | sha256sum
    expect(fingerprintOf({ b: [true, '€'], a: 1.0 }, sha256Hex)).toBe(
      'f5ffb5f360c20763e488398108bdf82acfd4db5766883195376dffe9606b0d56',
    );
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fingerprintOf(turned(value), sha256Hex)).toBe(fingerprintOf(value, sha256Hex));
      }),
    );
  });

  it.each([
    ['a value', { a: 1 }, { a: 2 }],
    ['a type', { a: 1 }, { a: '1' }],
    ['a name', { a: 1 }, { b: 1 }],
    ['the order of a list', [1, 2], [2, 1]],
    ['a null', { a: null }, {}],
  ])('tells two values apart that differ in %s', (_what, a, b) => {
    expect(fingerprintOf(a, sha256Hex)).not.toBe(fingerprintOf(b, sha256Hex));
  });

  it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, () => 1, { a: [Number.NaN] }])(
    'refuses %p, which JSON cannot say',
    (value) => {
      expect(() => fingerprintOf(value, sha256Hex)).toThrow(NotJsonError);
    },
  );
});
