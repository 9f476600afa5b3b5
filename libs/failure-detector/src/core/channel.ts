import { CanaryLedger } from './canary-ledger';
import type { DetectorSettings } from './settings';
import { SettleRule } from './settle-rule';
import { type Delivery, Watermark } from './watermark';

/**
 * Why nothing that the monitor sees can be trusted.
 *
 * - `lag`: the watermark is more than 1.5 T behind
 * - `canary`: no own canary for 1.5 T, or about half of them vanish (two readers share the queue)
 * - `loop_stall`: our own event loop stood still within the last T
 * - `settling`: lag or canary were just cured; what they held back may still be arriving
 * - `warming`: just started; not everybody had the time to be heard
 */
export type BlindReason = 'lag' | 'canary' | 'loop_stall' | 'settling' | 'warming';

/** What is known of the channel between the senders and us, at the last `advance`. */
export interface ChannelStatus {
  readonly blind: boolean;
  readonly reasons: readonly BlindReason[];
  /** Since when blind or not blind, epoch milliseconds. */
  readonly sinceMs: number;
  /** True when about half of the own canaries vanish: another reader takes messages from this queue. */
  readonly queueIsShared: boolean;
  /** Quick and alive: verdicts that follow from it are real, and jumped clocks may be learned anew. */
  readonly proven: boolean;
  readonly watermarkMs: number;
  readonly lagMs: number;
  /** D, the transit that 95 % of the deliveries of the last T stayed within. */
  readonly delayMs: number;
  /** When the last own canary came back; undefined before the first. */
  readonly canaryReceivedAtMs: number | undefined;
  readonly canariesLost: number;
  readonly blindMsByReason: Readonly<Record<BlindReason, number>>;
}

/**
 * Decides whether the channel can be trusted, from deliveries, own canaries and our own stalls.
 *
 * *Proven* asks more than *not blind*: D at most T/2, the newest send at most T/2 beyond the canary's
 * period old, and an own canary within 1.5 T.
 */
export class Channel {
  private readonly watermark: Watermark;
  private readonly ledger: CanaryLedger;
  private readonly settle: SettleRule;
  private readonly blindMs: Record<BlindReason, number> = {
    lag: 0,
    canary: 0,
    loop_stall: 0,
    settling: 0,
    warming: 0,
  };
  private canaryAtMs: number | undefined;
  private stalledUntilMs = Number.NEGATIVE_INFINITY;
  private updatedAtMs: number;
  private sinceMs: number;
  private lastBlindAtMs: number;
  private isProven = false;
  private activeReasons: readonly BlindReason[] = ['warming'];

  constructor(
    private readonly settings: DetectorSettings,
    private readonly start: {
      readonly atMs: number;
      readonly warmUntilMs: number;
      readonly watermarkMs: number;
    },
  ) {
    this.watermark = new Watermark(settings, start.watermarkMs);
    this.ledger = new CanaryLedger(settings);
    this.settle = new SettleRule(settings);
    this.updatedAtMs = start.atMs;
    this.sinceMs = start.atMs;
    this.lastBlindAtMs = start.atMs;
  }

  observe(delivery: Delivery): void {
    this.watermark.observe(delivery);
  }

  canarySent(id: string, atMs: number): void {
    this.ledger.sent(id, atMs);
  }

  /** The round trip in milliseconds, or undefined for a canary that is not ours or came before. */
  canaryReceived(id: string, atMs: number): number | undefined {
    const sentMs = this.ledger.received(id, atMs);
    if (sentMs === undefined) return undefined;
    this.canaryAtMs = atMs;
    const transitMs = atMs - sentMs;
    this.watermark.observe({ sentMs, transitMs, atMs });
    return transitMs;
  }

  stalled(durationMs: number, atMs: number): void {
    if (durationMs > this.settings.loopStallMs) this.stalledUntilMs = atMs + this.settings.loopStallMemoryMs;
  }

  /** Brings everything to `nowMs`; returns whether the set of reasons changed. */
  update(nowMs: number): boolean {
    this.accountBlindness(nowMs);
    this.watermark.update(nowMs);
    this.ledger.expire(nowMs);
    const reasons = this.judge(nowMs);
    if (reasons.length > 0) this.lastBlindAtMs = nowMs;
    if (reasons.join() === this.activeReasons.join()) return false;
    if (reasons.length === 0 || this.activeReasons.length === 0) this.sinceMs = nowMs;
    this.activeReasons = reasons;
    return true;
  }

  get blind(): boolean {
    return this.activeReasons.length > 0;
  }

  get proven(): boolean {
    return this.isProven;
  }

  get watermarkMs(): number {
    return this.watermark.valueMs;
  }

  /** The last instant at which the channel was blind; the start counts. */
  get lastBlindMs(): number {
    return this.lastBlindAtMs;
  }

  status(): ChannelStatus {
    return {
      blind: this.blind,
      reasons: this.activeReasons,
      sinceMs: this.sinceMs,
      queueIsShared: this.ledger.queueIsShared,
      proven: this.isProven,
      watermarkMs: this.watermark.valueMs,
      lagMs: this.updatedAtMs - this.watermark.valueMs,
      delayMs: this.watermark.delayMs,
      canaryReceivedAtMs: this.canaryAtMs,
      canariesLost: this.ledger.lost,
      blindMsByReason: { ...this.blindMs },
    };
  }

  private accountBlindness(nowMs: number): void {
    for (const reason of this.activeReasons) this.blindMs[reason] += nowMs - this.updatedAtMs;
    this.updatedAtMs = nowMs;
  }

  private judge(nowMs: number): readonly BlindReason[] {
    const { blindLagMs, canaryMaxAgeMs } = this.settings;
    const lagging = nowMs - this.watermark.valueMs > blindLagMs;
    const canaryAgeMs = nowMs - (this.canaryAtMs ?? this.start.atMs);
    const canaryMissing = canaryAgeMs > canaryMaxAgeMs || this.ledger.queueIsShared;
    this.isProven = !lagging && !canaryMissing && this.canaryAtMs !== undefined && this.isQuick(nowMs);
    const reasons: BlindReason[] = [];
    if (lagging) reasons.push('lag');
    if (canaryMissing) reasons.push('canary');
    if (nowMs <= this.stalledUntilMs) reasons.push('loop_stall');
    const settling = this.settle.update({
      distrusted: lagging || canaryMissing,
      proven: this.isProven,
      nowMs,
    });
    if (settling) reasons.push('settling');
    if (nowMs < this.start.warmUntilMs) reasons.push('warming');
    return reasons;
  }

  private isQuick(nowMs: number): boolean {
    const { provenLagMs, canaryPeriodMs } = this.settings;
    const newestAgeMs = nowMs - this.watermark.newestSentMs;
    return this.watermark.delayMs <= provenLagMs && newestAgeMs <= provenLagMs + canaryPeriodMs;
  }
}
