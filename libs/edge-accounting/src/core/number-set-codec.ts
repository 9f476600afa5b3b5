/** The numbers above `after` up to `upTo`. */
export interface NumberRange {
  readonly after: number;
  readonly upTo: number;
}

/**
 * Writes a set of numbers of a known range as text, in the shorter of two forms:
 *
 *     'r' + base64 of run lengths    absent, present, absent, ... as base-128 numbers
 *     'b' + base64 of a bitmap       lowest number first, lowest bit first
 *
 * One consumer alone sees long runs; two that compete for messages see a coin toss each.
 *
 * @param numbers - the set as ranges, rising, with gaps between them.
 * @returns '' for the empty set.
 */
export function encodeNumbers(range: NumberRange, numbers: readonly NumberRange[]): string {
  if (numbers.length === 0) return '';
  const runBytes = runsOf(range, numbers).flatMap(base128);
  const bitmapLength = Math.ceil((range.upTo - range.after) / 8);
  return runBytes.length <= bitmapLength
    ? `r${toBase64(runBytes)}`
    : `b${toBase64(bitmapOf(range, numbers))}`;
}

/** Reads what {@link encodeNumbers} wrote, as ranges; `undefined` for anything else. Its cost is bounded by the length of the text. */
export function decodeNumbers(range: NumberRange, text: string): readonly NumberRange[] | undefined {
  if (text === '') return [];
  // No honest text is longer than the bitmap of its range.
  if (text.length > 8 + Math.ceil((range.upTo - range.after) / 6)) return undefined;
  const bytes = fromBase64(text.slice(1));
  if (!bytes) return undefined;
  if (text.startsWith('r')) return rangesOfRuns(range, bytes);
  return text.startsWith('b') ? rangesOfBitmap(range, bytes) : undefined;
}

/** Lengths of runs, absent ones first; the absent run at the end is left out. */
function runsOf(range: NumberRange, numbers: readonly NumberRange[]): readonly number[] {
  let end = range.after;
  return numbers.flatMap(({ after, upTo }) => {
    const runs = [after - end, upTo - after];
    end = upTo;
    return runs;
  });
}

function rangesOfRuns(
  { after, upTo }: NumberRange,
  bytes: readonly number[],
): readonly NumberRange[] | undefined {
  const ranges: NumberRange[] = [];
  let end = after;
  let present = false;
  for (let at = 0; at < bytes.length; present = !present) {
    const run = readBase128(bytes, at);
    if (!run || end + run.value > upTo) return undefined;
    if (present) ranges.push({ after: end, upTo: end + run.value });
    end += run.value;
    at = run.next;
  }
  return ranges;
}

function bitmapOf(range: NumberRange, numbers: readonly NumberRange[]): readonly number[] {
  const bytes = Array.from({ length: Math.ceil((range.upTo - range.after) / 8) }, () => 0);
  for (const { after, upTo } of numbers)
    for (let index = after - range.after; index < upTo - range.after; index += 1)
      bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
  return bytes;
}

function rangesOfBitmap(
  { after, upTo }: NumberRange,
  bytes: readonly number[],
): readonly NumberRange[] | undefined {
  if (bytes.length !== Math.ceil((upTo - after) / 8)) return undefined;
  const ranges: NumberRange[] = [];
  for (let index = 0; index < bytes.length * 8; index += 1) {
    if (((bytes[index >> 3] ?? 0) & (1 << (index & 7))) === 0) continue;
    if (after + 1 + index > upTo) return undefined;
    ranges.push({ after: after + index, upTo: after + 1 + index });
  }
  return ranges;
}

function base128(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

function readBase128(
  bytes: readonly number[],
  start: number,
): { readonly value: number; readonly next: number } | undefined {
  let value = 0;
  // Three bytes hold 2 million, more than any window.
  for (let index = 0; index < 3; index += 1) {
    const byte = bytes[start + index];
    if (byte === undefined) return undefined;
    value += (byte & 127) * 128 ** index;
    if (byte < 128) return { value, next: start + index + 1 };
  }
  return undefined;
}

function toBase64(bytes: readonly number[]): string {
  return btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): readonly number[] | undefined {
  try {
    return Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
