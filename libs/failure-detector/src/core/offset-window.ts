/**
 * The smallest offset (arrival minus a sender's clock) of the last one to two half windows.
 *
 *     offset = transit + difference of the clocks;   its minimum stands for "no transit at all"
 *
 *     | previous half | current half |      minimum = min of both; on a full half, previous is dropped
 *
 * The minimum must be able to rise again: one that never does turns a clock that stepped once into
 * false deaths for ever.
 */
export class OffsetWindow {
  private half = Number.NEGATIVE_INFINITY;
  private current = Infinity;
  private previous = Infinity;

  constructor(private readonly halfWindowMs: number) {}

  /** The minimum at `atMs`, Infinity while nothing is known. */
  minimum(atMs: number): number {
    this.roll(atMs);
    return Math.min(this.current, this.previous);
  }

  observe(offsetMs: number, atMs: number): void {
    this.roll(atMs);
    if (offsetMs < this.current) this.current = offsetMs;
  }

  /** Forgets what was, and starts from one offset. */
  restart(offsetMs: number, atMs: number): void {
    this.half = Math.floor(atMs / this.halfWindowMs);
    this.current = offsetMs;
    this.previous = Infinity;
  }

  save(): OffsetWindowSnapshot {
    const finite = (value: number) => (Number.isFinite(value) ? value : null);
    return [finite(this.half), finite(this.current), finite(this.previous)];
  }

  static load(halfWindowMs: number, [half, current, previous]: OffsetWindowSnapshot): OffsetWindow {
    const window = new OffsetWindow(halfWindowMs);
    window.half = half ?? Number.NEGATIVE_INFINITY;
    window.current = current ?? Infinity;
    window.previous = previous ?? Infinity;
    return window;
  }

  private roll(atMs: number): void {
    const half = Math.floor(atMs / this.halfWindowMs);
    if (half <= this.half) return;
    this.previous = half === this.half + 1 ? this.current : Infinity;
    this.current = Infinity;
    this.half = half;
  }
}

/** Half, current and previous minimum; null stands for "nothing". */
export type OffsetWindowSnapshot = readonly [number | null, number | null, number | null];
