/**
 * The highest time that is taken over from anybody else: 2^52.
 *
 * Half of the safe integers stay free above it for own ticks, so that a sender that says
 * "the end of time" cannot stop the clock: at a million ticks a second they last 142 years.
 */
export const MAX_LAMPORT = 2 ** 52;

const DECIMAL = /^(0|[1-9]\d{0,15})$/;

/**
 * Reads a Lamport time from its text form on the wire (a decimal string, because JSON readers of
 * other languages round big numbers).
 *
 * @returns the time, or `undefined` for anything but the decimal form of an integer from 0 to
 *   {@link MAX_LAMPORT}: no sign, no leading zero, no exponent, no space, no number type.
 * @example
 * parseLamport('1042'); // => 1042
 * parseLamport('-1');   // => undefined
 */
export function parseLamport(text: unknown): number | undefined {
  if (typeof text !== 'string' || !DECIMAL.test(text)) return undefined;
  const time = Number(text);
  return time <= MAX_LAMPORT ? time : undefined;
}
