import type { DetectorSettings } from './settings';

/**
 * How many beats in a row must be missing before their sender is taken for dead.
 *
 *     loss      <= 0.2 %   <= 2 %   <= 7 %   more
 *     k             3         4        6       8
 *
 * A wrong verdict needs k losses in a row, (beats a day) p^k (1 - p) of them a day; the steps keep that
 * near 1e-4 per instance and day (1.4e-3 at 2 %, the worst), while detection takes no longer than that needs.
 */
export function missedBeatsFor(loss: number): number {
  if (loss <= 0.002) return 3;
  if (loss <= 0.02) return 4;
  return loss <= 0.07 ? 6 : 8;
}

/**
 * k of one service: raised at once, lowered only after the lower value was enough for an hour (360 T).
 * Otherwise it would flip between two values near every boundary.
 */
export class MissedBeats {
  private current: number;
  private lowerSinceMs: number | undefined;
  private highestSince = 0;

  constructor(
    private readonly settings: DetectorSettings,
    initial?: number,
  ) {
    this.current = settings.fixedMissedBeats ?? initial ?? missedBeatsFor(0);
  }

  get value(): number {
    return this.current;
  }

  /** Takes the measured loss in; returns whether k changed. */
  update(loss: number, nowMs: number): boolean {
    if (this.settings.fixedMissedBeats !== undefined) return false;
    const wanted = missedBeatsFor(loss);
    if (wanted >= this.current) {
      this.lowerSinceMs = undefined;
      return this.become(wanted);
    }
    this.highestSince = this.lowerSinceMs === undefined ? wanted : Math.max(wanted, this.highestSince);
    this.lowerSinceMs ??= nowMs;
    if (nowMs - this.lowerSinceMs < this.settings.lowerAfterMs) return false;
    this.lowerSinceMs = undefined;
    return this.become(this.highestSince);
  }

  private become(value: number): boolean {
    const changed = value !== this.current;
    this.current = value;
    return changed;
  }
}
