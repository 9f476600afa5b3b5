import type { DetectorSettings } from './settings';

const slices = 10;

/**
 * How many instances a service should have: what Kubernetes desires; else what was declared; else the
 * most that were alive together in the last ten minutes (60 T), minus those that left since.
 */
export class ExpectedInstances {
  private desired: number | undefined;
  private declared: number | undefined;
  private slice = 0;
  private peaks: number[] = [];

  constructor(private readonly settings: DetectorSettings) {}

  /** What Kubernetes desires; undefined where it says nothing. */
  desire(count: number | undefined): void {
    this.desired = count;
  }

  /** What an operator said, for good: a goodbye does not lower it. */
  declare(count: number): void {
    this.declared = count;
  }

  get isDeclared(): boolean {
    return this.declared !== undefined;
  }

  /** Takes in how many are alive now. */
  observe(alive: number, nowMs: number): void {
    const slice = Math.floor((nowMs * slices) / this.settings.expectedWindowMs);
    const passed = Math.min(slices, this.slice === 0 ? 0 : slice - this.slice);
    if (passed > 0) this.peaks = [...Array<number>(passed).fill(0), ...this.peaks].slice(0, slices);
    this.slice = slice;
    this.peaks[0] = Math.max(this.peaks[0] ?? 0, alive);
  }

  /** One instance left of its own will: it is not missed. */
  left(): void {
    this.peaks = this.peaks.map((peak) => Math.max(0, peak - 1));
  }

  /** The most alive together within the window. */
  get peak(): number {
    return Math.max(0, ...this.peaks);
  }

  /**
   * @param now - alive and down instances now. While nobody is alive and somebody is down, one is
   *   expected at least: a dead service must not come to be expected dead.
   */
  count(now: { readonly alive: number; readonly down: number }): number {
    const stated = this.desired ?? this.declared;
    if (stated !== undefined) return stated;
    const floor = now.alive === 0 && now.down > 0 ? 1 : 0;
    return Math.max(floor, now.alive, this.peak);
  }
}
