import type { DetectorSettings } from './settings';
import { TransitWindow } from './transit-window';

/**
 * The sender time up to which the channel has told us everything it will tell us.
 *
 *     watermark = max(previous, min(now - D, newest corrected send time))
 *
 * Silence is measured against it, not against our clock: when the queue stalls, nothing newer is
 * known to have been sent, the watermark stands still, and with it everybody's silence.
 *
 * @see Akidau et al., The Dataflow Model (VLDB 2015), for watermarks of event time.
 */
export class Watermark {
  private readonly transits: TransitWindow;
  private newestSent: number;
  private value: number;
  private delay = 0;

  constructor(settings: DetectorSettings, startMs: number) {
    this.transits = new TransitWindow(settings);
    this.newestSent = startMs;
    this.value = startMs;
  }

  /** One first delivery; `transitMs` undefined where it could not be measured yet. */
  observe(sample: Delivery): void {
    if (sample.transitMs !== undefined) this.transits.observe(sample.transitMs, sample.atMs);
    if (sample.sentMs > this.newestSent) this.newestSent = sample.sentMs;
  }

  update(nowMs: number): void {
    this.delay = this.transits.delayMs(nowMs);
    this.value = Math.max(this.value, Math.min(nowMs - this.delay, this.newestSent));
  }

  get valueMs(): number {
    return this.value;
  }

  /** D as of the last update. */
  get delayMs(): number {
    return this.delay;
  }

  get newestSentMs(): number {
    return this.newestSent;
  }
}

export interface Delivery {
  readonly sentMs: number;
  readonly transitMs: number | undefined;
  readonly atMs: number;
}
