import type { EdgeAggregate } from './heartbeat';
import type { KeyedAggregate } from './ports';

/**
 * Aggregates that wait for a beat that arrives: bounded, oldest first, the newest of each key.
 *
 *     collected --add--> waiting --take--> on a beat --published--> gone
 *                           ^------------- giveBack ---- failed
 */
export class AggregateCarry {
  private waiting = new Map<string, EdgeAggregate>();
  private dropped = 0;

  constructor(
    private readonly bounds: {
      /** On one beat. */
      readonly perBeat: number;
      /** JSON characters on one beat. */
      readonly charactersPerBeat: number;
      /** Waiting; the oldest goes first when there are more. */
      readonly waiting: number;
    },
  ) {}

  /** Aggregates that were thrown away because too many waited, or because one alone was too large. */
  get droppedTotal(): number {
    return this.dropped;
  }

  add(collected: readonly KeyedAggregate[]): void {
    for (const { key, aggregate } of collected) this.waiting.set(key, aggregate);
    this.shrink();
  }

  /** Takes the oldest that fit on one beat; the rest waits for the next. */
  take(): readonly KeyedAggregate[] {
    const taken: KeyedAggregate[] = [];
    let characters = 0;
    for (const [key, aggregate] of this.waiting) {
      const size = JSON.stringify(aggregate).length;
      if (size > this.bounds.charactersPerBeat) {
        this.waiting.delete(key);
        this.dropped += 1;
        continue;
      }
      characters += size;
      if (taken.length === this.bounds.perBeat || characters > this.bounds.charactersPerBeat) break;
      taken.push({ key, aggregate });
      this.waiting.delete(key);
    }
    return taken;
  }

  /** Puts those of a failed beat back in front, except where a newer one of the same key waits. */
  giveBack(failed: readonly KeyedAggregate[]): void {
    const newer = this.waiting;
    this.waiting = new Map(failed.map(({ key, aggregate }) => [key, aggregate]));
    for (const [key, aggregate] of newer) this.waiting.set(key, aggregate);
    this.shrink();
  }

  private shrink(): void {
    for (const key of this.waiting.keys()) {
      if (this.waiting.size <= this.bounds.waiting) return;
      this.waiting.delete(key);
      this.dropped += 1;
    }
  }
}
