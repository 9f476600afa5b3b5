import type { Cancel } from '../core/time/schedule';

/**
 * Time that only moves when a test moves it: the `now` and `schedule` ports of the core.
 *
 * @example
 * const time = new VirtualTime();
 * const consumer = new QueueConsumer({ ...ports, now: time.now, schedule: time.schedule });
 * await time.advance(30_000);
 */
export class VirtualTime {
  private atMs = Date.UTC(2026, 0, 1);
  private serial = 0;
  private readonly planned = new Map<number, { readonly atMs: number; readonly run: () => void }>();

  readonly now = (): number => this.atMs;

  readonly schedule = (delayMs: number, run: () => void): Cancel => {
    const id = (this.serial += 1);
    this.planned.set(id, { atMs: this.atMs + delayMs, run });
    return () => void this.planned.delete(id);
  };

  /** Timers that are set. */
  get timers(): number {
    return this.planned.size;
  }

  /** Runs what is due within the next `ms`, in order, and lets promises settle after each. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.atMs + ms;
    await settled();
    for (let next = this.takeNext(untilMs); next; next = this.takeNext(untilMs)) {
      this.atMs = next.atMs;
      next.run();
      await settled();
    }
    this.atMs = untilMs;
  }

  private takeNext(untilMs: number): { readonly atMs: number; readonly run: () => void } | undefined {
    const due = [...this.planned].filter(([, { atMs }]) => atMs <= untilMs);
    const [first] = due.toSorted(([a, x], [b, y]) => x.atMs - y.atMs || a - b);
    if (first) this.planned.delete(first[0]);
    return first?.[1];
  }
}

/** One turn of the event loop: every promise that can settle has. */
async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
