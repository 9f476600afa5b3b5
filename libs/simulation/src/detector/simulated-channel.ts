import type { Random } from '../core/seeded-random';
import type { ChannelFaults } from './condition';

/** How long a stalled queue takes to empty, once it moves again. */
const stalledDrainMs = { least: 2_000, most: 12_000 };

/** A time in which the queue delivers nothing, and until when it has emptied. */
export interface Stall {
  readonly fromMs: number;
  readonly toMs: number;
  readonly drainedMs: number;
}

/** Decides when the copies of a message arrive, if any do. */
export class SimulatedChannel {
  private readonly bursting = new Set<number>();
  private stall: Stall | undefined;

  constructor(
    private readonly faults: ChannelFaults,
    private readonly random: Random,
  ) {}

  /** The queue delivers nothing from now on: it stands still, or nobody reads it. */
  stallFor(durationMs: number, nowMs: number, drainMs = stalledDrainMs): Stall {
    const toMs = nowMs + durationMs;
    const emptyingMs = drainMs.least + this.random() * (drainMs.most - drainMs.least);
    this.stall = { fromMs: nowMs, toMs, drainedMs: toMs + emptyingMs };
    return this.stall;
  }

  /** Arrival times; `slow` for the sender that takes longer. */
  arrivals(message: {
    readonly sender: number;
    readonly slow: boolean;
    readonly sentMs: number;
  }): readonly number[] {
    const { copies, slowSenderMs = 0 } = this.faults;
    const extraMs = message.slow ? this.random() * slowSenderMs : 0;
    const first = this.isLost(message.sender) ? [] : [message.sentMs + extraMs + this.transitMs()];
    if (copies === undefined) return first.flatMap((atMs) => this.afterStall(atMs));
    const more = Array.from({ length: copies.count }, () => message.sentMs + this.random() * copies.withinMs);
    return [...first, ...more].flatMap((atMs) => this.afterStall(atMs));
  }

  private transitMs(): number {
    const { leastMs, meanExtraMs, uniform = false } = this.faults.transit;
    return leastMs + meanExtraMs * (uniform ? this.random() : -Math.log(1 - this.random()));
  }

  private isLost(sender: number): boolean {
    const { loss = 0, burstBeats } = this.faults;
    if (loss === 0) return false;
    if (burstBeats === undefined) return this.random() < loss;
    const ends = 1 / burstBeats;
    const begins = (loss / (1 - loss)) * ends;
    if (this.random() < (this.bursting.has(sender) ? ends : begins)) this.toggle(sender);
    return this.bursting.has(sender);
  }

  private toggle(sender: number): void {
    if (!this.bursting.delete(sender)) this.bursting.add(sender);
  }

  /** When a message that would arrive now does arrive, if it does. */
  private afterStall(atMs: number): readonly number[] {
    if (this.stall === undefined || atMs < this.stall.fromMs || atMs >= this.stall.toMs) return [atMs];
    const { toMs, drainedMs } = this.stall;
    return this.faults.isPurged === true ? [] : [toMs + this.random() * (drainedMs - toMs)];
  }
}
