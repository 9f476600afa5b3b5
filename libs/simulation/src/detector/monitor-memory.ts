import {
  createDetector,
  type Detector,
  type DetectorSettings,
  type DetectorSnapshot,
  type Fact,
  type WrittenState,
} from '@latido/failure-detector';

/** Of the states a monitor puts on record, those that end an instance, or raise it from its end. */
const RECORDED = new Set(['up', 'down', 'left', 'mute']);

/** What a monitor keeps beyond its own life: a snapshot every 3 T, and each change of state that was put on record since. */
export class MonitorMemory {
  private snapshot: DetectorSnapshot | undefined;
  private written: WrittenState[] = [];
  private savedAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly settings: DetectorSettings) {}

  /** Saves the detector when it is time. */
  save(detector: Detector, nowMs: number): void {
    if (nowMs - this.savedAtMs < 3 * this.settings.intervalMs) return;
    this.savedAtMs = nowMs;
    this.snapshot = detector.snapshot();
    this.written = [];
  }

  /** Puts on record what a monitor does: neither late nor suspect. */
  write(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.kind === 'burial') this.written.push({ ...fact, state: 'buried' });
      if (fact.kind === 'restart') this.written.push({ ...fact, state: 'up' });
      if (fact.kind === 'transition' && RECORDED.has(fact.to)) this.written.push({ ...fact, state: fact.to });
    }
  }

  /** The detector that goes on where the last one was killed. */
  wake(nowMs: number): Detector {
    const detector = createDetector({ settings: this.settings, nowMs, snapshot: this.snapshot });
    for (const state of this.written) detector.recall(state);
    return detector;
  }
}
