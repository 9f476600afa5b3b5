import type { DetectorSettings } from './settings';

/**
 * Notices that many fall silent at once, and decides whether to believe it.
 *
 *     more than 20 %, and at least 3, of the trusted instances crossed into `suspect` within T (as seen: 1.6 T)
 *         channel proven:      it is real: raise the alarm, let the verdicts proceed
 *         channel not proven:  hold the verdicts, for T at most
 *
 * It counts *crossings*, not those who are silent: as a level, the half of a fleet that died would hold
 * its own verdicts for ever.
 */
export class MassSilence {
  private crossings: Crossing[] = [];
  private heldSinceMs: number | undefined;
  private edgeAtMs = Number.NEGATIVE_INFINITY;
  private isRaised = false;

  constructor(private readonly settings: DetectorSettings) {}

  /** One instance crossed into `suspect`, of so many that were trusted then. */
  crossed(crossing: Crossing): void {
    this.crossings.push(crossing);
  }

  get raised(): boolean {
    return this.isRaised;
  }

  /** Evaluates the crossings against the most that were trusted meanwhile: the first may be down already. */
  update({ nowMs, trusted, proven }: MassInput): MassOutcome {
    this.forget(nowMs);
    const { massShare, massAtLeast, massHoldAtMostMs, massRaisedMs } = this.settings;
    const silent = this.crossings.length;
    const most = this.crossings.reduce((highest, each) => Math.max(highest, each.trusted), trusted);
    const many = silent >= massAtLeast && silent > massShare * most;
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
    if ((this.crossings[0]?.atMs ?? Infinity) >= oldestMs) return;
    this.crossings = this.crossings.filter(({ atMs }) => atMs >= oldestMs);
  }
}

interface Crossing {
  readonly atMs: number;
  readonly trusted: number;
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
