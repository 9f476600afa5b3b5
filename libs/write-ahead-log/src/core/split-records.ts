import { RecordTooLargeError } from './errors';

/** 350 KB: an item may hold 400 KB, and its list of records is never larger stored than as JSON. */
export const MAX_SEGMENT_BYTES = 350 * 1024;

/**
 * Cuts the records of one append into segments of at most `maxBytes` of JSON, in order.
 *
 * @throws {@link RecordTooLargeError} when one record alone is over `maxBytes`.
 */
export function splitRecords<R>(
  records: readonly R[],
  maxBytes: number = MAX_SEGMENT_BYTES,
): readonly (readonly R[])[] {
  const segments: R[][] = [];
  let room = 0;
  for (const [index, record] of records.entries()) {
    const bytes = utf8Bytes(JSON.stringify(record));
    if (bytes + BRACKETS > maxBytes) throw new RecordTooLargeError(index, bytes, maxBytes);
    if (bytes + COMMA > room) {
      segments.push([]);
      room = maxBytes - BRACKETS + COMMA;
    }
    segments.at(-1)?.push(record);
    room -= bytes + COMMA;
  }
  return segments;
}

/** Before every record but the first of a segment. */
const COMMA = 1;
const BRACKETS = 2;

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i += 1) bytes += bytesOfUnit(text.charCodeAt(i));
  return bytes;
}

/** Bytes of one UTF-16 unit in UTF-8; the two halves of a pair take 4 together. */
function bytesOfUnit(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}
