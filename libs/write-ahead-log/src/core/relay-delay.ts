/** Before the first repetition: longer than a healthy receipt takes. */
const FIRST_DELAY_MS = 5_000;

/** Between repetitions in the long run: an entry costs at most 12 publications an hour. */
const MAX_DELAY_MS = 300_000;

/**
 * How long to wait for a receipt after this many publications: 5 s, 10 s, 20 s, ... 5 min.
 *
 * @param attempts - publications so far, from 1.
 */
export function relayDelayMs(attempts: number): number {
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, attempts - 1));
}
