const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

/**
 * The time inside a UUID of version 7, in milliseconds since 1970: its first 48 bits.
 *
 * @returns `undefined` for every other text; the id is somebody else's, so its shape is data.
 * @example
 * timeOfUuidV7('017f22e2-79b0-7cc3-98c4-dc0c0c07398f'); // => 1645557742000
 * @see RFC 9562, section 5.7.
 */
export function timeOfUuidV7(id: string): number | undefined {
  if (!UUID_V7.test(id)) return undefined;
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
