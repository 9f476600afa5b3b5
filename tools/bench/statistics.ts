/**
 * The value that `percent` of all values do not exceed (nearest rank).
 *
 * @param percent - above 0, up to 100.
 * @example
 * percentile([1, 2, 3, 4], 50); // => 2
 */
export function percentile(values: readonly number[], percent: number): number {
  const rank = Math.max(1, Math.ceil((values.length * percent) / 100));
  return values.toSorted((a, b) => a - b)[rank - 1] ?? NaN;
}

/** The middle value; the mean of the two in the middle where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
}
