/** The value that a share of the values stays within (nearest rank), or undefined of none. */
export function quantile(values: readonly number[], share: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** What a count of rare events says of its expected value, at 95 %. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The exact (Garwood) interval of a Poisson count, by Wilson and Hilferty's approximation of the
 * chi-square quantile, which is within 1 % from a count of 1 on. Of no event at all the upper bound is
 * -ln 0.025 = 3.7.
 */
export function poissonInterval(count: number): Interval {
  const upper = count === 0 ? -Math.log(0.025) : halfChiSquare(count + 1, 1.959964);
  return { lower: count === 0 ? 0 : halfChiSquare(count, -1.959964), upper };
}

function halfChiSquare(shape: number, z: number): number {
  return shape * (1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3;
}
