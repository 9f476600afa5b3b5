import type { Absence, SavedMarks } from './saved-stream';

interface Mark {
  readonly atMs: number;
  readonly highest: number;
}

/** Marks kept in one waiting time: how finely it is measured. */
const MARKS = 16;

/**
 * Remembers how high a sequence was, and when, to say which numbers have been waited for long enough.
 *
 * At most 18 marks; a number is overdue after `waitMs`, or up to a sixteenth later, never earlier.
 */
export class OverdueMarks {
  private marks: readonly Mark[] = [];
  private passed = 0;

  constructor(private readonly waitMs: number) {}

  /** Every number up to this one has been waited for; only rises. */
  get overdueUpTo(): number {
    return this.passed;
  }

  /** Moves on to `nowMs`, when the sequence stands at `highest`. */
  advance(highest: number, nowMs: number): void {
    if (this.isDue(this.marks[0], nowMs)) this.pass(nowMs);
    const last = this.marks.at(-1);
    if (highest <= (last?.highest ?? this.passed)) return;
    const soon = last !== undefined && nowMs < last.atMs + this.waitMs / MARKS;
    if (!soon) this.marks = [...this.marks, { atMs: nowMs, highest }];
  }

  /** Plain JSON, for {@link OverdueMarks.load}. */
  save(): SavedMarks {
    return { marks: this.marks.map(({ atMs, highest }) => [atMs, highest]), passed: this.passed };
  }

  /**
   * Goes on where another one was saved. The time away was not waited: nobody was there to hear that something arrived. What was
   * reported meanwhile is told again only later, so as much is waited once more, up to the whole wait, and no number is overdue
   * before all was told again.
   */
  load({ marks, passed }: SavedMarks, { awayMs, recoveredAtMs }: Absence): void {
    const shiftMs = awayMs + Math.min(Math.max(0, awayMs), this.waitMs);
    const earliestMs = recoveredAtMs - this.waitMs;
    this.marks = marks.map(([atMs, highest]) => ({ atMs: Math.max(atMs + shiftMs, earliestMs), highest }));
    this.passed = passed;
  }

  private pass(nowMs: number): void {
    const due = this.marks.findLast((mark) => this.isDue(mark, nowMs));
    if (!due) return;
    this.passed = due.highest;
    this.marks = this.marks.filter((mark) => mark.highest > due.highest);
  }

  private isDue(mark: Mark | undefined, nowMs: number): boolean {
    return mark !== undefined && mark.atMs + this.waitMs <= nowMs;
  }
}
