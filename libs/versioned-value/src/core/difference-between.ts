import { createPatch, type Operation } from 'rfc6902';
import type { LiveContent } from './apply-operation';
import { isSameJson } from './is-same-json';
import type { JsonValue } from './version';

/** One step of a JSON Patch (RFC 6902), of the kinds that a difference is made of. */
export type DifferenceStep =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: string };

/**
 * Pairs of array elements that one difference may compare. The shortest difference of two arrays
 * compares every element with every other; beyond this an array is replaced whole, which is longer
 * and just as right. 10,000 is two arrays of 100, some milliseconds.
 */
const MAX_ELEMENT_PAIRS = 10_000;

/** The comparison nests one call for each element of both arrays: kept far from the end of the stack. */
const MAX_ELEMENTS = 1_000;

/**
 * The JSON Patch that turns one content into another; empty when they are equal.
 *
 * The whole document has the path `''`: a subject deleted in between is removed there, one that came
 * back is added there.
 *
 * @example
 * differenceBetween({ kind: 'value', value: { a: 1 } }, { kind: 'value', value: { a: 2 } });
 * // => [{ op: 'replace', path: '/a', value: 2 }]
 * @see RFC 6902.
 */
export function differenceBetween(from: LiveContent, to: LiveContent): readonly DifferenceStep[] {
  if (to.kind === 'deleted') return from.kind === 'deleted' ? [] : [{ op: 'remove', path: '' }];
  if (from.kind === 'deleted') return [{ op: 'add', path: '', value: to.value }];
  return createPatch(from.value, to.value, boundedDifference()) as DifferenceStep[];
}

/** Steps in where the library would compare too much, or not see a name; else leaves it to the library. */
function boundedDifference() {
  let pairsLeft = MAX_ELEMENT_PAIRS;
  return (from: JsonValue, to: JsonValue, path: { toString(): string }): Operation[] | undefined => {
    if (Array.isArray(from) && Array.isArray(to)) {
      const pairs = from.length * to.length;
      if (pairs > pairsLeft || from.length + to.length > MAX_ELEMENTS) return replaceWhole(from, to, path);
      pairsLeft -= pairs;
    }
    return hidesName(from) || hidesName(to) ? replaceWhole(from, to, path) : undefined;
  };
}

function replaceWhole(from: JsonValue, to: JsonValue, path: { toString(): string }): Operation[] {
  return isSameJson(from, to) ? [] : [{ op: 'replace', path: path.toString(), value: to }];
}

/** A member called `__proto__` is data to us and invisible to the library. */
function hidesName(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__');
}
