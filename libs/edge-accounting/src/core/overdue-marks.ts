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
    const due = this.marks.findLast(({ atMs }) => atMs + this.waitMs <= nowMs);
    if (due) {
      this.passed = due.highest;
      this.marks = this.marks.filter((mark) => mark.highest > due.highest);
    }
    const last = this.marks.at(-1);
    const soon = last !== undefined && nowMs < last.atMs + this.waitMs / MARKS;
    if (highest > (last?.highest ?? this.passed) && !soon)
      this.marks = [...this.marks, { atMs: nowMs, highest }];
  }
}
