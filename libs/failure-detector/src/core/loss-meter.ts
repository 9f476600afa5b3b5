import type { DetectorSettings } from './settings';

const slices = 10;

/**
 * The share of heartbeats that the channel lost, over the last 50,000 beats in ten slices.
 *
 *     loss = (missing + 0.1) / (seen + 200)
 *
 * The two constants make an unknown channel a good one (0.05 %) and let the first lost beat of a young
 * service raise k with care: a naive ratio calls 1 lost of 10 a loss of 10 %.
 */
export class LossMeter {
  private readonly missing: number[];
  private readonly seen: number[];

  constructor(
    private readonly settings: Pick<DetectorSettings, 'lossWindowBeats'>,
    snapshot: LossSnapshot = [],
  ) {
    this.missing = snapshot.map(([missing]) => missing);
    this.seen = snapshot.map(([, seen]) => seen);
    if (this.seen.length === 0) this.beginSlice();
  }

  countSeen(): void {
    const newest = this.seen.length - 1;
    this.seen[newest] = (this.seen[newest] ?? 0) + 1;
    if (this.seen[newest] < this.settings.lossWindowBeats / slices) return;
    this.beginSlice();
  }

  countMissing(beats: number): void {
    const newest = this.missing.length - 1;
    this.missing[newest] = (this.missing[newest] ?? 0) + beats;
  }

  get loss(): number {
    return (sum(this.missing) + 0.1) / (sum(this.seen) + 200);
  }

  save(): LossSnapshot {
    return this.seen.map((seen, slice) => [this.missing[slice] ?? 0, seen]);
  }

  private beginSlice(): void {
    this.seen.push(0);
    this.missing.push(0);
    if (this.seen.length <= slices) return;
    this.seen.shift();
    this.missing.shift();
  }
}

/** Missing and seen of each slice, oldest first. */
export type LossSnapshot = readonly (readonly [number, number])[];

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
