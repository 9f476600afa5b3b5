import type { JsonValue } from '../json-value';
import { MAX_DEPTH } from './bounds';

/**
 * What makes a parsed JSON value unfit: nested too deep, a number that was rounded while it was read, or half a
 * surrogate pair in a text or a name.
 */
export type UnsoundReason = 'too_deep' | 'number_out_of_range' | 'lone_surrogate';

/**
 * Looks for what `JSON.parse` lets through and later code trips over.
 *
 * A number beyond 2^53 has been rounded, one beyond 1.8e308 is `Infinity`: both would store another value
 * than was sent. Send such numbers as strings. Half a surrogate pair has no UTF-8, so queues and tables replace it.
 * Iterative, so that depth cannot exhaust the stack.
 *
 * @returns `undefined` for a sound value.
 * @see RFC 7493 (I-JSON), sections 2.1 and 2.2
 */
export function unsoundness(value: JsonValue): UnsoundReason | undefined {
  const open: { readonly value: JsonValue; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    if (isRounded(entry.value)) return 'number_out_of_range';
    if (isBroken(entry.value)) return 'lone_surrogate';
    if (typeof entry.value !== 'object' || entry.value === null) continue;
    if (entry.depth >= MAX_DEPTH) return 'too_deep';
    if (Object.keys(entry.value).some(isBroken)) return 'lone_surrogate';
    for (const child of Object.values(entry.value)) open.push({ value: child, depth: entry.depth + 1 });
  }
  return undefined;
}

function isRounded(value: JsonValue): boolean {
  return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

/** Read by code points, a whole pair is one of its own, and no surrogate. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function isBroken(value: JsonValue): boolean {
  return typeof value === 'string' && LONE_SURROGATE.test(value);
}
