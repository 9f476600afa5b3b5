import type { DetectorSettings } from './settings';

/**
 * Notices that many fall silent at once, and decides whether to believe it.
 *
 *     more than 20 %, and at least 3, of the trusted instances crossed into `suspect` within the last T
 *         channel proven:      it is real: raise the alarm, let the verdicts proceed
 *         channel not proven:  hold the verdicts, for T at most
 *
 * It counts *crossings*, not those who are silent: as a level, the half of a fleet that died would hold
 * its own verdicts for ever.
 */
export class MassSilence {
  private crossings: number[] = [];
  private heldSinceMs: number | undefined;
  private edgeAtMs = Number.NEGATIVE_INFINITY;
  private isRaised = false;

  constructor(private readonly settings: DetectorSettings) {}

  crossed(atMs: number): void {
    this.crossings.push(atMs);
  }

  get raised(): boolean {
    return this.isRaised;
  }

  /** Evaluates the crossings against the number of trusted instances, those that crossed included. */
  update({ nowMs, trusted, proven }: MassInput): MassOutcome {
    this.forget(nowMs);
    const { massShare, massAtLeast, massHoldAtMostMs, massRaisedMs } = this.settings;
    const silent = this.crossings.length;
    const many = silent >= massAtLeast && silent > massShare * trusted;
    if (many && !proven) this.heldSinceMs ??= nowMs;
    if (!many) this.heldSinceMs = undefined;
    const hold = many && !proven && nowMs - (this.heldSinceMs ?? nowMs) < massHoldAtMostMs;
    if (many && !hold) this.edgeAtMs = nowMs;
    const raised = nowMs - this.edgeAtMs <= massRaisedMs;
    const changed = raised !== this.isRaised;
    this.isRaised = raised;
    return { hold, changed, silent };
  }

  private forget(nowMs: number): void {
    const oldestMs = nowMs - this.settings.massWindowMs;
    if ((this.crossings[0] ?? Infinity) >= oldestMs) return;
    this.crossings = this.crossings.filter((atMs) => atMs >= oldestMs);
  }
}

export interface MassInput {
  readonly nowMs: number;
  readonly trusted: number;
  readonly proven: boolean;
}

export interface MassOutcome {
  readonly hold: boolean;
  readonly changed: boolean;
  readonly silent: number;
}
