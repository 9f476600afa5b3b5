/** DynamoDB allows 32 levels of lists and maps; two stay free for the attribute that holds the value. */
const MAX_DEPTH = 30;

/** Magnitudes DynamoDB holds are 1e-130 to 9.9e125. */
const SMALLEST_NUMBER = 1e-128;

/** For a value that DynamoDB would refuse, or give back changed. */
const NOT_EXACT = Number.NaN;

/**
 * Bytes that a JSON value takes as DynamoDB's own lists and maps, by the rules an item is billed by.
 *
 * @returns NaN when DynamoDB would refuse the value or give it back changed: too deep, a number out of its
 *   range, half a surrogate pair, a name that is empty or `__proto__`.
 * @see DynamoDB Developer Guide, "DynamoDB item sizes and formats".
 */
export function nativeBytes(value: unknown, depth: number = MAX_DEPTH): number {
  if (depth < 0) return NOT_EXACT;
  if (typeof value === 'string') return bytesOfText(value);
  if (typeof value === 'number') return bytesOfNumber(value);
  if (Array.isArray(value)) return 3 + sum(value, (element) => 1 + nativeBytes(element, depth - 1));
  if (typeof value === 'object' && value !== null) return 3 + bytesOfMembers(value, depth);
  return 1;
}

function bytesOfMembers(map: object, depth: number): number {
  return sum(Object.entries(map), ([name, value]) =>
    value === undefined ? 0 : 1 + bytesOfName(name) + nativeBytes(value, depth - 1),
  );
}

function bytesOfName(name: string): number {
  return name === '' || name === '__proto__' ? NOT_EXACT : bytesOfText(name);
}

function bytesOfText(text: string): number {
  return /\p{Surrogate}/u.test(text) ? NOT_EXACT : Buffer.byteLength(text);
}

/** One byte for two significant digits, one for the exponent, one for a minus. */
function bytesOfNumber(value: number): number {
  const magnitude = Math.abs(value);
  if (magnitude > Number.MAX_SAFE_INTEGER || (magnitude > 0 && magnitude < SMALLEST_NUMBER)) return NOT_EXACT;
  const digits = magnitude.toExponential().replace(/e.*$/, '').replace('.', '').length;
  return Math.ceil(digits / 2) + 1 + (value < 0 ? 1 : 0);
}

function sum<T>(values: readonly T[], bytesOf: (value: T) => number): number {
  return values.reduce((total, value) => total + bytesOf(value), 0);
}
