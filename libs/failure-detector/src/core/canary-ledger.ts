import type { DetectorSettings } from './settings';

/** Canaries on their way at most: more than fit into the longest time a heartbeat queue keeps a message. */
const maxOutstanding = 128;
/** Settled canaries remembered to tell a shared queue. */
const rememberedOutcomes = 20;
/** How long a canary may be overtaken before it is lost, in T: a stalled queue drains in any order. */
const overtakenIntervals = 3;
/** Lost in a row: an outage, not a second reader, whose share of the losses is one in two. */
const outageRun = 6;

/**
 * Books of our own canaries: sent, received, lost.
 *
 * A canary is lost when one sent 3 periods after it came 3 T ago, or when it is older than anything the
 * queue keeps. One that comes during the drain of a stalled queue was late, not lost.
 */
export class CanaryLedger {
  private readonly outstanding = new Map<string, number>();
  private overtaken: readonly Overtaken[] = [];
  private outcomes: boolean[] = [];
  private lostCount = 0;

  constructor(private readonly settings: DetectorSettings) {}

  sent(id: string, atMs: number): void {
    this.outstanding.set(id, atMs);
    if (this.outstanding.size <= maxOutstanding) return;
    const [oldest] = this.outstanding.keys();
    if (oldest !== undefined) this.lose(oldest);
  }

  /** When it was sent, or undefined for one that is not ours, was counted lost, or came before. */
  received(id: string, atMs: number): number | undefined {
    const sentAtMs = this.outstanding.get(id);
    if (sentAtMs === undefined) return undefined;
    this.outstanding.delete(id);
    this.settle(true);
    this.overtaken = [...this.overtaken, { atMs, sentBeforeMs: sentAtMs - 3 * this.settings.canaryPeriodMs }];
    return sentAtMs;
  }

  expire(nowMs: number): void {
    const untilMs = nowMs - overtakenIntervals * this.settings.intervalMs;
    while ((this.overtaken[0]?.atMs ?? Infinity) <= untilMs) {
      this.loseSentBefore(this.overtaken[0]?.sentBeforeMs ?? 0);
      this.overtaken = this.overtaken.slice(1);
    }
    this.loseSentBefore(nowMs - this.settings.offsetHalfWindowMs);
  }

  get lost(): number {
    return this.lostCount;
  }

  /**
   * Whether about half of our canaries vanish one by one: two readers share one queue, and each sees
   * half of everything.
   */
  get queueIsShared(): boolean {
    if (this.outcomes.length < rememberedOutcomes || longestLostRun(this.outcomes) >= outageRun) return false;
    const lost = this.outcomes.filter((received) => !received).length;
    return lost >= 0.35 * rememberedOutcomes && lost <= 0.75 * rememberedOutcomes;
  }

  private loseSentBefore(limitMs: number): void {
    for (const [id, sentAtMs] of this.outstanding) {
      if (sentAtMs > limitMs) return;
      this.lose(id);
    }
  }

  private lose(id: string): void {
    this.outstanding.delete(id);
    this.lostCount++;
    this.settle(false);
  }

  private settle(received: boolean): void {
    this.outcomes = [...this.outcomes.slice(1 - rememberedOutcomes), received];
  }
}

/** What was sent until then was overtaken at this time. */
interface Overtaken {
  readonly atMs: number;
  readonly sentBeforeMs: number;
}

function longestLostRun(outcomes: readonly boolean[]): number {
  let longest = 0;
  let run = 0;
  for (const received of outcomes) {
    run = received ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
