import type { DetectorSettings } from './settings';

/**
 * Holds verdicts after the channel was cured, until it was proven for 1.5 T without a break.
 *
 *     lag or canary  |#########|
 *     proven                      |##|   |################...
 *     settling                 |.................|            (1.5 T of unbroken proof)
 *
 * The first message out of a stalled queue may be a fresh one: for a moment everything looks quick,
 * while the heartbeats of all the others still wait. Without this rule draining a stalled queue makes
 * most of all false deaths.
 *
 * It ends by itself after 30 T in which neither lag nor canary came back: a transit that stays between
 * proven and blind must not hold verdicts for ever.
 */
export class SettleRule {
  private curedAtMs: number | undefined;
  private provenSinceMs: number | undefined;

  constructor(private readonly settings: DetectorSettings) {}

  /** Whether the channel is settling at `nowMs`. */
  update({ distrusted, proven, nowMs }: SettleInput): boolean {
    this.provenSinceMs = proven ? (this.provenSinceMs ?? nowMs) : undefined;
    if (distrusted) {
      this.curedAtMs = Infinity;
      return false;
    }
    if (this.curedAtMs === undefined) return false;
    if (this.curedAtMs === Infinity) this.curedAtMs = nowMs;
    if (this.isSettled(nowMs, this.curedAtMs)) this.curedAtMs = undefined;
    return this.curedAtMs !== undefined;
  }

  private isSettled(nowMs: number, curedAtMs: number): boolean {
    const { settleMs, settleAtMostMs } = this.settings;
    if (nowMs - curedAtMs > settleAtMostMs) return true;
    return this.provenSinceMs !== undefined && nowMs - this.provenSinceMs >= settleMs;
  }
}

export interface SettleInput {
  /** Blind by lag or canary right now. */
  readonly distrusted: boolean;
  readonly proven: boolean;
  readonly nowMs: number;
}
