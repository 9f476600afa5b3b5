import type { SequenceWindow } from './sequence-window';
import type { DetectorSettings } from './settings';

/** Gaps waiting to be judged at most, per service; beyond it the oldest is dropped, uncounted. */
const maxPending = 10_000;

/** Heartbeats missing between two that came. */
export interface Gap {
  readonly window: SequenceWindow;
  readonly firstSeq: number;
  readonly count: number;
  /** When the last beat before and the first beat after the gap came. */
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Keeps gaps until it is certain that they are loss: not filled by a late beat, at most 8 beats long
 * (longer is an outage), and more than 6 T away from any blind period on either side (a drained or
 * purged queue is not a lossy one).
 */
export class GapWatch {
  private pending: Gap[] = [];
  private first = 0;

  constructor(private readonly settings: DetectorSettings) {}

  add(gap: Gap): void {
    if (gap.count > this.settings.gapMaxBeats) return;
    this.pending.push(gap);
    if (this.pending.length - this.first > maxPending) this.first++;
  }

  /** How many beats are now known to be lost; each gap is counted once, after its time has passed. */
  ripen(nowMs: number, lastBlindMs: number): number {
    const { gapClearanceMs } = this.settings;
    let lost = 0;
    for (; this.first < this.pending.length; this.first++) {
      const gap = this.pending[this.first];
      if (gap === undefined || nowMs - gap.toMs <= gapClearanceMs) break;
      if (lastBlindMs < gap.fromMs - gapClearanceMs) lost += gap.window.missing(gap);
    }
    this.compact();
    return lost;
  }

  private compact(): void {
    if (this.first < 256 && this.first < this.pending.length) return;
    this.pending = this.pending.slice(this.first);
    this.first = 0;
  }
}
