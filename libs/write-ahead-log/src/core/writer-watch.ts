import type { Writer } from './writer';

/** Three missed signs of life of a writer that has nothing else to say. */
const ABANDONED_AFTER_MS = 60_000;

/**
 * Finds writers that show no life: held, and not changed for 60 s on the observer's *own* clock.
 *
 * No time is read from the items, so clocks that differ do no harm. A false alarm neither: the writer that is
 * taken over is fenced, and its operations are applied once.
 */
export class WriterWatch {
  private readonly seen = new Map<number, { readonly writer: Writer; readonly sinceMs: number }>();

  constructor(private readonly abandonedAfterMs: number = ABANDONED_AFTER_MS) {}

  /**
   * One look at all writers of a service.
   *
   * @returns those unchanged for `abandonedAfterMs` or longer since a look that saw them the same.
   */
  observe(writers: readonly Writer[], nowMs: number): readonly Writer[] {
    return writers.filter((writer) => {
      const before = this.seen.get(writer.slot);
      const isSame = before?.writer.epoch === writer.epoch && before.writer.token === writer.token;
      if (!isSame) this.seen.set(writer.slot, { writer, sinceMs: nowMs });
      return isSame && writer.state === 'held' && nowMs - before.sinceMs >= this.abandonedAfterMs;
    });
  }

  /**
   * Starts all clocks again. For a look that failed: who cannot read cannot say that nobody wrote, and
   * after an outage of the table every writer would look abandoned.
   */
  forget(): void {
    this.seen.clear();
  }
}
