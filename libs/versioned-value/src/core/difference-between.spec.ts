import * as fc from 'fast-check';
import { applyPatch, type Operation } from 'rfc6902';
import { differenceBetween } from './difference-between';
import type { JsonValue } from './version';

const valueOf = (value: JsonValue) => ({ kind: 'value', value }) as const;
const deleted = { kind: 'deleted' } as const;
const difference = (from: JsonValue, to: JsonValue) => differenceBetween(valueOf(from), valueOf(to));
const applied = (value: JsonValue, steps: readonly unknown[]): unknown => {
  const document = structuredClone({ value });
  const inside = (steps as Operation[]).map((step) => ({ ...step, path: `/value${step.path}` }));
  expect(applyPatch(document, inside).filter((error) => error !== null)).toEqual([]);
  return document.value;
};

const json = fc.letrec<{ json: JsonValue }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<JsonValue>(null, false, 0, 1, 'x', ''),
    fc.array(tie('json'), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'a/b', '~', ''), tie('json'), { noNullPrototype: true }),
  ),
})).json;

describe(differenceBetween, () => {
  it('leads from one value to the other when it is applied', () => {
    fc.assert(
      fc.property(json, json, (from, to) => {
        expect(applied(from, difference(from, to))).toEqual(to);
      }),
    );
  });

  it('is empty between equal values', () => {
    fc.assert(fc.property(json, (value) => expect(difference(value, structuredClone(value))).toEqual([])));
  });

  it('names only what changed', () => {
    expect(difference({ a: 1, b: [1, 2, 3] }, { a: 1, b: [1, 3], c: 4 })).toEqual([
      { op: 'add', path: '/c', value: 4 },
      { op: 'remove', path: '/b/1' },
    ]);
  });

  it('removes the whole document where the subject was deleted, and adds it where it came back', () => {
    expect(differenceBetween(valueOf({ a: 1 }), deleted)).toEqual([{ op: 'remove', path: '' }]);
    expect(differenceBetween(deleted, valueOf({ a: 1 }))).toEqual([{ op: 'add', path: '', value: { a: 1 } }]);
    expect(differenceBetween(deleted, deleted)).toEqual([]);
  });

  it('replaces arrays whole where comparing their elements would take too long', () => {
    const long = Array.from({ length: 50_000 }, (_, index) => index);
    const longer = [...long, 'one more'];
    expect(difference({ a: long, b: 1 }, { a: longer, b: 2 })).toEqual([
      { op: 'replace', path: '/a', value: longer },
      { op: 'replace', path: '/b', value: 2 },
    ]);
    expect(difference(long, [...long])).toEqual([]);
  });

  it('shares one bound among all arrays of a value', () => {
    const list = (last: JsonValue) => [...Array.from({ length: 89 }, () => 0), last];
    expect(difference({ a: list('x'), b: list('x') }, { a: list('y'), b: list('y') })).toEqual([
      { op: 'replace', path: '/a/89', value: 'y' },
      { op: 'replace', path: '/b', value: list('y') },
    ]);
  });

  it('replaces a value with a member that JSON Patch cannot point at', () => {
    const from = JSON.parse('{"m": {"__proto__": 1}}') as JsonValue;
    const to = JSON.parse('{"m": {"__proto__": 2}}') as JsonValue;
    expect(JSON.stringify(difference(from, to))).toBe(
      '[{"op":"replace","path":"/m","value":{"__proto__":2}}]',
    );
    expect(difference(from, structuredClone(from))).toEqual([]);
  });
});
