import { WORD } from './bit-ring';
import type { NumberRange } from './number-set-codec';

const ALL_SET = -1;

/** Turns words of a bitmap, given in rising order and without gaps, into ranges of set bits. */
export class RangeCollector {
  private readonly ranges: NumberRange[] = [];
  private openAfter: number | undefined;

  /** The bits of 32 numbers; the lowest bit is `first`. Most words are all set or all clear, and cost one look. */
  take(first: number, word: number): void {
    if (word === ALL_SET) this.openAfter ??= first - 1;
    else if (word === 0) this.close(first - 1);
    else for (let bit = 0; bit < WORD; bit += 1) this.takeOne(first + bit, (word & (1 << bit)) !== 0);
  }

  /** @param upTo - where the last range ends, where none of the bits said so. */
  end(upTo: number): readonly NumberRange[] {
    this.close(upTo);
    return this.ranges;
  }

  private takeOne(number: number, isSet: boolean): void {
    if (isSet) this.openAfter ??= number - 1;
    else this.close(number - 1);
  }

  private close(upTo: number): void {
    if (this.openAfter === undefined) return;
    this.ranges.push({ after: this.openAfter, upTo });
    this.openAfter = undefined;
  }
}
