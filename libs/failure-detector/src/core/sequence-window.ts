/** How far back a copy can be told apart from a first delivery: one bit a beat. */
const windowBeats = 32;

/**
 * Which sequence numbers of one incarnation were seen: the highest, and a bit for each of the 32 below.
 *
 *     highest = 17, mask ...1011   (bit 0 = 17 seen, bit 1 = 16 seen, bit 2 = 15 missing, bit 3 = 14 seen)
 */
export class SequenceWindow {
  private constructor(
    private highestSeq: number,
    private mask: number,
  ) {}

  static startingAt(seq: number): SequenceWindow {
    return new SequenceWindow(seq, 1);
  }

  get highest(): number {
    return this.highestSeq;
  }

  /** `new`: higher than all; `late`: lower, but never seen; `stale`: too far back to tell. */
  classify(seq: number): 'new' | 'late' | 'duplicate' | 'stale' {
    if (seq > this.highestSeq) return 'new';
    const back = this.highestSeq - seq;
    if (back >= windowBeats) return 'stale';
    return (this.mask >>> back) & 1 ? 'duplicate' : 'late';
  }

  /** Marks one as seen and returns how many between it and the previous highest are missing. */
  mark(seq: number): number {
    const ahead = seq - this.highestSeq;
    if (ahead <= 0) {
      if (-ahead < windowBeats) this.mask |= 1 << -ahead;
      return 0;
    }
    this.mask = ahead >= windowBeats ? 1 : (this.mask << ahead) | 1;
    this.highestSeq = seq;
    return ahead - 1;
  }

  /** How many of `count` numbers from `firstSeq` on were still not seen. */
  missing({ firstSeq, count }: { readonly firstSeq: number; readonly count: number }): number {
    let missing = 0;
    for (let seq = firstSeq; seq < firstSeq + count; seq++) {
      if (this.classify(seq) !== 'duplicate') missing++;
    }
    return missing;
  }

  save(): readonly [number, number] {
    return [this.highestSeq, this.mask];
  }

  static load([highest, mask]: readonly [number, number]): SequenceWindow {
    return new SequenceWindow(highest, mask);
  }
}
