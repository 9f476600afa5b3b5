/** How waiting grows from one failed attempt to the next. */
export interface Backoff {
  /** Longest wait after the first failure, milliseconds. */
  readonly baseMs: number;
  /** Longest wait ever, milliseconds. */
  readonly maxMs: number;
}

/**
 * How long to wait after the n-th failure in a row: half of it fixed, half of it random.
 *
 *     ceiling = min(maxMs, baseMs * 2^(failures - 1))
 *     wait    = ceiling / 2 ... ceiling
 *
 * The random half keeps a fleet that failed together from coming back together; the fixed half keeps
 * one process from hammering when its random numbers are small.
 *
 * @param failures - failures in a row, from 1; 0 waits nothing.
 * @param random - port: a number in [0, 1).
 * @example backoffMs({ baseMs: 200, maxMs: 10_000 }, 3, () => 0.5) // => 600
 */
export function backoffMs(backoff: Backoff, failures: number, random: () => number): number {
  if (failures <= 0) return 0;
  const ceilingMs = Math.min(backoff.maxMs, backoff.baseMs * 2 ** (failures - 1));
  return Math.round(ceilingMs / 2 + (ceilingMs / 2) * random());
}
