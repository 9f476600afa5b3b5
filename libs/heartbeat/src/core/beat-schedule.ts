/** The share of the interval that two beats may be nearer or further apart than the interval. */
const JITTER = 0.05;

/**
 * When to beat: a fixed grid, each beat moved a little on its own.
 *
 *     grid     |---------|---------|---------|          origin + n * intervalMs
 *     beats     x       x           x       x           each within 2.5 % of its place
 *
 * Two neighbours are therefore within 5 % of the interval, and no delay adds up: a late timer or a
 * slow publish does not move the beats that follow. Places that a stopped process has slept
 * through are skipped, not made up for.
 */
export class BeatSchedule {
  private place = 0;

  constructor(
    private readonly intervalMs: number,
    private readonly originMs: number,
    private readonly random: () => number,
  ) {}

  /** How long to wait for the next beat; `nowMs` is monotonic, like the origin. */
  delayUntilNext(nowMs: number): number {
    // A beat may fire a little before its place; a tenth of the interval still counts as that place.
    const passed = Math.floor((nowMs - this.originMs) / this.intervalMs + 0.1);
    this.place = Math.max(this.place, passed) + 1;
    const offset = (this.random() - 0.5) * JITTER * this.intervalMs;
    return Math.max(0, this.originMs + this.place * this.intervalMs + offset - nowMs);
  }
}
