interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

/**
 * Time that passes only when a test says so.
 *
 * @example
 * const clock = new VirtualClock();
 * clock.after(1_000, () => beats.push(clock.now()));
 * clock.advance(1_000);
 */
export class VirtualClock {
  private readonly timers = new Map<number, Timer>();
  private lastId = 0;

  /** @param nowMs - the first reading, in milliseconds since 1970. */
  constructor(private nowMs = Date.UTC(2026, 0, 1)) {}

  /** The reading of the clock; may be passed on without the clock itself. */
  readonly now = (): number => this.nowMs;

  /** Runs something once `delayMs` has passed. @returns how to cancel it. */
  after(delayMs: number, run: () => void): () => void {
    const id = (this.lastId += 1);
    this.timers.set(id, { atMs: this.nowMs + Math.max(0, delayMs), run });
    return () => void this.timers.delete(id);
  }

  /** A promise that is kept when `delayMs` has passed. */
  readonly delay = (delayMs: number): Promise<void> =>
    new Promise((resolve) => void this.after(delayMs, resolve));

  /** Lets time pass. Timers run in the order of their times, each at its own; equal times in the order of setting. */
  advance(durationMs: number): void {
    const endMs = this.nowMs + durationMs;
    for (let next = this.nextUntil(endMs); next; next = this.nextUntil(endMs)) {
      this.nowMs = next.timer.atMs;
      this.timers.delete(next.id);
      next.timer.run();
    }
    this.nowMs = endMs;
  }

  private nextUntil(endMs: number): { readonly id: number; readonly timer: Timer } | undefined {
    let next: { id: number; timer: Timer } | undefined;
    for (const [id, timer] of this.timers) {
      if (timer.atMs <= endMs && (!next || timer.atMs < next.timer.atMs)) next = { id, timer };
    }
    return next;
  }
}
