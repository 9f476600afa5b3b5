import * as fc from 'fast-check';
import { apply } from 'json-merge-patch';
import { mergePatch } from './merge-patch';
import type { JsonValue } from './version';

/** Names that json-merge-patch refuses or trips over; here they are data, there they are left out. */
const TRAPS = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toJSON'];
const tameText = fc.string().filter((text) => !TRAPS.includes(text));
const tameJson = fc.letrec<{ json: JsonValue }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<JsonValue>(null, true, 0, 1.5, 'text'),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom('a', 'b', 'c'), tameText), tie('json'), { noNullPrototype: true }),
  ),
})).json;
const anyJson = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;

describe(mergePatch, () => {
  // The examples of RFC 7396, appendix A.
  it.each<[JsonValue, JsonValue, JsonValue]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('merges %j with %j to %j', (target, patch, merged) => {
    expect(mergePatch(target, patch)).toEqual(merged);
  });

  it.each(TRAPS)('treats a member called %s as data and goes on with the ones after it', (name) => {
    const patch = JSON.parse(`{"${name}": {"x": 1}, "after": 2, "gone": null}`) as JsonValue;
    const target = JSON.parse(`{"${name}": {"y": 2}, "gone": 3}`) as JsonValue;
    expect(JSON.stringify(mergePatch(target, patch))).toBe(`{"${name}":{"y":2,"x":1},"after":2}`);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('gives what json-merge-patch gives wherever that one holds', () => {
    fc.assert(
      fc.property(tameJson, tameJson, (target, patch) => {
        expect(mergePatch(target, patch)).toEqual(apply(structuredClone(target), structuredClone(patch)));
      }),
    );
  });

  it('changes nothing when the same patch comes twice', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (target, patch) => {
        const once = mergePatch(target, patch);
        expect(JSON.stringify(mergePatch(once, patch))).toBe(JSON.stringify(once));
      }),
    );
  });

  it('changes neither of its inputs', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (target, patch) => {
        const before = JSON.stringify([target, patch]);
        mergePatch(target, patch);
        expect(JSON.stringify([target, patch])).toBe(before);
      }),
    );
  });
});
