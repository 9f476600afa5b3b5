interface Row<R> {
  readonly record: R;
  changed: boolean;
  changedAtTurn: number;
  reportedAtTurn: number;
}

/**
 * Records by key, bounded, with the memory of which were reported when.
 *
 * Those that changed are always due. Some of the others are due too, the one reported longest ago
 * first, so that whatever was lost with a beat is said again soon; but not for ever, so that the epochs of
 * producers that are long gone can be forgotten.
 */
export class ReportTable<R> {
  private readonly rows = new Map<string, Row<R>>();
  private turn = 0;
  private evicted = 0;

  constructor(
    private readonly bounds: {
      readonly maxRecords: number;
      /** Idle records due at a time, at least. */
      readonly refreshed: number;
      /** Times it is asked what is due, in which every idle record has its turn. */
      readonly refreshedWithin: number;
      /** Times it was asked what is due, after which an idle record is never due again. */
      readonly refreshedFor: number;
    },
  ) {}

  /** Records that were forgotten to make room. */
  get evictedTotal(): number {
    return this.evicted;
  }

  /** The record of a key, to be changed by the caller. The one changed longest ago makes room for a new one. */
  touch(key: string, make: () => R): R {
    const row = this.rows.get(key) ?? { record: make(), changed: true, changedAtTurn: 0, reportedAtTurn: 0 };
    row.changed = true;
    row.changedAtTurn = this.turn;
    this.rows.delete(key);
    this.rows.set(key, row);
    if (this.rows.size > this.bounds.maxRecords) this.evictOldest();
    return row.record;
  }

  /**
   * Takes what has to be reported now.
   * @param options - with `last` nothing can be said later: every idle record is due, the one changed last first.
   */
  due({ last = false }: { readonly last?: boolean } = {}): readonly (readonly [key: string, record: R])[] {
    this.turn += 1;
    const rows = [...this.rows];
    const changed = rows.filter(([, row]) => row.changed);
    const idle = rows.filter(
      ([, row]) => !row.changed && this.turn - row.changedAtTurn <= this.bounds.refreshedFor,
    );
    const again = last ? idle.toReversed() : this.inTurn(idle);
    return [...changed, ...again].map(([key, row]) => {
      row.changed = false;
      row.reportedAtTurn = this.turn;
      return [key, row.record] as const;
    });
  }

  private inTurn(idle: readonly [key: string, row: Row<R>][]): readonly [key: string, row: Row<R>][] {
    const { refreshed, refreshedWithin } = this.bounds;
    return idle
      .toSorted(([, a], [, b]) => a.reportedAtTurn - b.reportedAtTurn)
      .slice(0, Math.max(refreshed, Math.ceil(idle.length / refreshedWithin)));
  }

  private evictOldest(): void {
    const [oldest] = this.rows.keys();
    if (oldest === undefined) return;
    this.rows.delete(oldest);
    this.evicted += 1;
  }
}
