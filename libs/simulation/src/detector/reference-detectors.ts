import type { Scorer, Truth } from './scorer';

/**
 * A detector to compare with. It sees what any receiver sees: that something of a sender arrived, and
 * when; goodbyes are heard by all.
 */
export interface ReferenceDetector<Member extends Truth> {
  readonly scorer: Scorer<Member>;
  arrived(member: Member, atMs: number): void;
  goodbye(member: Member, atMs: number): void;
  /** Called about once a second of simulated time. */
  advance(nowMs: number): void;
  /** Gives the verdicts that are due until `nowMs`. */
  finish(nowMs: number): void;
}

/**
 * Detectors whose verdict falls a certain time after the last arrival. Nothing happens until then, so
 * the verdict is settled when the next message comes, or at the end.
 */
abstract class TimeoutDetector<Member extends Truth> implements ReferenceDetector<Member> {
  private readonly deadline = new Map<Member, number>();
  private readonly gone = new Set<Member>();

  constructor(readonly scorer: Scorer<Member>) {}

  /** When to give up on a member if nothing more arrives. */
  protected abstract deadlineAfter(member: Member, atMs: number): number;

  arrived(member: Member, atMs: number): void {
    if (this.gone.has(member)) return;
    const deadline = this.deadline.get(member);
    if (deadline !== undefined && atMs > deadline) {
      this.scorer.down(member, deadline);
      this.scorer.revived(member, atMs);
    }
    this.deadline.set(member, this.deadlineAfter(member, atMs));
  }

  goodbye(member: Member, atMs: number): void {
    if (this.gone.has(member)) return;
    this.arrived(member, atMs);
    this.gone.add(member);
    this.deadline.delete(member);
    this.scorer.hasLeft(member, atMs);
  }

  advance(): void {
    // Nothing is due before a message comes or the run ends.
  }

  finish(nowMs: number): void {
    for (const [member, deadline] of this.deadline) {
      if (nowMs > deadline) this.scorer.down(member, deadline);
    }
  }
}

/** Dead when nothing came for a fixed time, as Kubernetes' node lease (40 s) and most home-made monitors. */
export class FixedTimeout<Member extends Truth> extends TimeoutDetector<Member> {
  constructor(
    scorer: Scorer<Member>,
    private readonly timeoutMs: number,
  ) {
    super(scorer);
  }

  protected deadlineAfter(_member: Member, atMs: number): number {
    return atMs + this.timeoutMs;
  }
}

export interface PhiOptions {
  readonly intervalMs: number;
  /** 8 is the usual one: one wrong suspicion in 10^8 intervals, if they were normally distributed. */
  readonly threshold: 8;
  readonly pauseMs: number;
}

/**
 * Phi-accrual: the intervals between arrivals are taken for normally distributed; dead when the
 * probability that one more still comes is below 10^-8.
 *
 * As Akka and Cassandra build it: the last 100 intervals, a least standard deviation of T/10, the first
 * interval guessed, and optionally an acceptable pause.
 *
 * @see Hayashibara et al., The phi accrual failure detector (SRDS 2004).
 */
export class PhiAccrual<Member extends Truth> extends TimeoutDetector<Member> {
  private readonly history = new Map<Member, Intervals>();

  constructor(
    scorer: Scorer<Member>,
    private readonly options: PhiOptions,
  ) {
    super(scorer);
  }

  protected deadlineAfter(member: Member, atMs: number): number {
    const { intervalMs, pauseMs } = this.options;
    let history = this.history.get(member);
    if (history === undefined) this.history.set(member, (history = new Intervals(intervalMs)));
    history.arrived(atMs);
    const deviationMs = Math.max(history.deviationMs, intervalMs / 10);
    return atMs + history.meanMs + pauseMs + zOfPhi8 * deviationMs;
  }
}

/** Standard deviations above the mean that a normal variable passes with probability 10^-8. */
const zOfPhi8 = 5.612;

class Intervals {
  private readonly last: number[] = [];
  private next = 0;
  private sum = 0;
  private squares = 0;
  private arrivedMs: number | undefined;

  constructor(guessMs: number) {
    this.push(0.75 * guessMs);
    this.push(1.25 * guessMs);
  }

  arrived(atMs: number): void {
    if (this.arrivedMs !== undefined) this.push(atMs - this.arrivedMs);
    this.arrivedMs = atMs;
  }

  get meanMs(): number {
    return this.sum / this.last.length;
  }

  get deviationMs(): number {
    return Math.sqrt(Math.max(0, this.squares / this.last.length - this.meanMs ** 2));
  }

  private push(intervalMs: number): void {
    const replaced = this.last[this.next] ?? 0;
    this.last[this.next] = intervalMs;
    this.next = (this.next + 1) % 100;
    this.sum += intervalMs - replaced;
    this.squares += intervalMs ** 2 - replaced ** 2;
  }
}

export interface LeaseOptions {
  readonly intervalMs: number;
  /**
   * While fewer than 85 % of the renewals expected in a minute came, nobody is evicted. Whoever dies
   * meanwhile stays registered and is expected to renew, which keeps a small fleet in this state.
   */
  readonly selfPreservation: boolean;
}

/** A lease of 90 s renewed by heartbeats and collected once a minute, as Eureka does. */
export class Lease<Member extends Truth> implements ReferenceDetector<Member> {
  private readonly renewedMs = new Map<Member, number>();
  private readonly evicted = new Set<Member>();
  private readonly gone = new Set<Member>();
  private renewals = 0;
  private collectedMs: number | undefined;

  constructor(
    readonly scorer: Scorer<Member>,
    private readonly options: LeaseOptions,
  ) {}

  arrived(member: Member, atMs: number): void {
    if (this.gone.has(member)) return;
    this.renewals++;
    this.renewedMs.set(member, atMs);
    if (this.evicted.delete(member)) this.scorer.revived(member, atMs);
  }

  goodbye(member: Member, atMs: number): void {
    this.gone.add(member);
    this.renewedMs.delete(member);
    this.evicted.delete(member);
    this.scorer.hasLeft(member, atMs);
  }

  advance(nowMs: number): void {
    this.collectedMs ??= nowMs;
    if (nowMs - this.collectedMs < 60_000) return;
    this.collectedMs = nowMs;
    const expected = this.renewedMs.size * (60_000 / this.options.intervalMs);
    const preserves = this.options.selfPreservation && this.renewals < 0.85 * expected;
    this.renewals = 0;
    if (!preserves) this.collect(nowMs);
  }

  finish(nowMs: number): void {
    this.advance(nowMs);
  }

  private collect(nowMs: number): void {
    for (const [member, renewedMs] of this.renewedMs) {
      if (nowMs - renewedMs <= 90_000) continue;
      this.renewedMs.delete(member);
      this.evicted.add(member);
      this.scorer.down(member, nowMs);
    }
  }
}
