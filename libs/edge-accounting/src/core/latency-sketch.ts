/** Every quantile is within 5 % of the true value, for latencies from 1 ms to 10 days. */
export const RELATIVE_ERROR = 0.05;

const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const MAX_MS = 864_000_000;
/** A count stays there: what a stranger claims must not make numbers that nobody can read back. */
const MAX_COUNT = Number.MAX_SAFE_INTEGER;
const LAST_BUCKET = Math.ceil(Math.log(MAX_MS) / Math.log(GAMMA));

/** Counts by bucket, as it travels: `[bucket, count, bucket, count, ...]`, buckets rising. */
export type WireSketch = readonly number[];

/**
 * How long things took, in at most 207 counters, mergeable without loss.
 *
 *     bucket 0: up to 1 ms      bucket i: above g^(i-1) up to g^i ms, g = 1.05 / 0.95
 *
 * A bucket's counter only grows, so there are two ways to bring two sketches together, and they are
 * not the same: `add` for two different sources, `join` for two reports of one source.
 *
 * @see Masson, Rim, Lee, "DDSketch: a fast and fully-mergeable quantile sketch" (2019).
 */
export class LatencySketch {
  private readonly counts = new Map<number, number>();
  private total = 0;

  get count(): number {
    return this.total;
  }

  /** Counts one latency. Below 0 (clocks disagree) counts as 0, above 10 days as 10 days; not a number is ignored. */
  record(latencyMs: number): void {
    if (Number.isNaN(latencyMs)) return;
    this.raise(bucketOf(latencyMs), 1);
  }

  /** Adds what another source has counted. */
  add(other: LatencySketch): void {
    for (const [bucket, count] of other.counts) this.raise(bucket, count);
  }

  /** Takes over a newer, an older or the same report of this source: the higher count of each bucket. */
  join(other: LatencySketch): void {
    for (const [bucket, count] of other.counts) {
      this.raise(bucket, Math.max(0, count - (this.counts.get(bucket) ?? 0)));
    }
  }

  /**
   * @param q - from 0 to 1, e.g. 0.99.
   * @returns the latency that a share `q` did not exceed, in ms, within 5 %; `undefined` while empty.
   */
  quantile(q: number): number | undefined {
    if (this.total === 0) return undefined;
    const rank = Math.max(1, Math.ceil(Math.min(1, q) * this.total));
    let seen = 0;
    for (const [bucket, count] of this.sorted()) {
      seen += count;
      if (seen >= rank) return middleOf(bucket);
    }
    return middleOf(LAST_BUCKET);
  }

  toWire(): WireSketch {
    return this.sorted().flat();
  }

  /** Reads what came from outside; `undefined` for anything that {@link LatencySketch.toWire} would not write. */
  static fromWire(value: unknown): LatencySketch | undefined {
    if (!Array.isArray(value) || value.length % 2 !== 0 || value.length > 2 * (LAST_BUCKET + 1))
      return undefined;
    const sketch = new LatencySketch();
    let before = -1;
    for (let index = 0; index < value.length; index += 2) {
      const bucket: unknown = value[index];
      const count: unknown = value[index + 1];
      if (!isWithin(bucket, { from: before + 1, to: LAST_BUCKET })) return undefined;
      if (!isWithin(count, { from: 1, to: Number.MAX_SAFE_INTEGER })) return undefined;
      sketch.raise(bucket, count);
      before = bucket;
    }
    return sketch;
  }

  private raise(bucket: number, by: number): void {
    this.counts.set(bucket, Math.min(MAX_COUNT, (this.counts.get(bucket) ?? 0) + by));
    this.total = Math.min(MAX_COUNT, this.total + by);
  }

  private sorted(): readonly (readonly [number, number])[] {
    return [...this.counts].toSorted(([a], [b]) => a - b);
  }
}

function bucketOf(latencyMs: number): number {
  if (latencyMs <= 1) return 0;
  return Math.min(LAST_BUCKET, Math.ceil(Math.log(latencyMs) / Math.log(GAMMA)));
}

/** The value whose relative distance to both ends of the bucket is the same. */
function middleOf(bucket: number): number {
  return bucket === 0 ? 0.5 : (2 * GAMMA ** bucket) / (GAMMA + 1);
}

function isWithin(value: unknown, bounds: { readonly from: number; readonly to: number }): value is number {
  return Number.isSafeInteger(value) && Number(value) >= bounds.from && Number(value) <= bounds.to;
}
