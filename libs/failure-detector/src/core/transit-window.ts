import type { DetectorSettings } from './settings';

/**
 * The transits of first deliveries within the last T, and D, the one that 95 % stay within.
 *
 *     samples   D
 *     0         0
 *     1 to 2    the largest
 *     3 to 39   the second largest   (one straggler does not slow a small fleet)
 *     40 and up the 95th percentile, nearest rank
 *
 * Copies must not enter: with redelivered ones in it D is always large, and the monitor always blind.
 */
export class TransitWindow {
  private readonly at: Float64Array;
  private readonly transit: Float64Array;
  private readonly scratch: Float64Array;
  private first = 0;
  private count = 0;

  constructor(private readonly settings: DetectorSettings) {
    const size = settings.transitMaxSamples;
    this.at = new Float64Array(size);
    this.transit = new Float64Array(size);
    this.scratch = new Float64Array(size);
  }

  observe(transitMs: number, atMs: number): void {
    const size = this.at.length;
    if (this.count === size) this.dropFirst();
    const slot = (this.first + this.count) % size;
    this.at[slot] = atMs;
    this.transit[slot] = transitMs;
    this.count++;
  }

  /** D at `nowMs`, in milliseconds. */
  delayMs(nowMs: number): number {
    this.expire(nowMs);
    if (this.count === 0) return 0;
    return this.fromTheTop(rankFromTheTop(this.count));
  }

  private fromTheTop(rank: number): number {
    for (let i = 0; i < this.count; i++) {
      this.scratch[i] = this.transit[(this.first + i) % this.transit.length] ?? 0;
    }
    return this.scratch.subarray(0, this.count).sort()[this.count - rank] ?? 0;
  }

  private expire(nowMs: number): void {
    const oldestMs = nowMs - this.settings.transitWindowMs;
    while (this.count > 0 && (this.at[this.first] ?? 0) < oldestMs) this.dropFirst();
  }

  private dropFirst(): void {
    this.first = (this.first + 1) % this.at.length;
    this.count--;
  }
}

function rankFromTheTop(count: number): number {
  if (count < 3) return 1;
  return count < 40 ? 2 : count - Math.ceil(0.95 * count) + 1;
}
