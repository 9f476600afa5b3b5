/**
 * A sample's value as OpenMetrics writes it, always with the same number of decimals, so that a value
 * of the same magnitude takes the same place.
 *
 * @param decimals - 0 for counts, 3 for timestamps, which are whole milliseconds.
 * @example
 * decimalText(1_763_791_143.1234, 3); // => '1763791143.123'
 */
export function decimalText(value: number, decimals: number): string {
  if (Number.isFinite(value)) return value.toFixed(decimals);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}
