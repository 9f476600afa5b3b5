interface Row<R> {
  readonly record: R;
  changed: boolean;
  reportedAtTurn: number;
}

/**
 * Records by key, bounded, with the memory of which were reported when.
 *
 * Those that changed are always due. A few of the others are due too, the one reported longest ago
 * first: so whatever was lost with a beat is said again, and an idle edge is not idle for ever.
 */
export class ReportTable<R> {
  private readonly rows = new Map<string, Row<R>>();
  private turn = 0;
  private evicted = 0;

  constructor(private readonly bounds: { readonly maxRecords: number; readonly refreshed: number }) {}

  /** Records that were forgotten to make room. */
  get evictedTotal(): number {
    return this.evicted;
  }

  /** The record of a key, to be changed by the caller. The one changed longest ago makes room for a new one. */
  touch(key: string, make: () => R): R {
    const row = this.rows.get(key) ?? { record: make(), changed: true, reportedAtTurn: -1 };
    row.changed = true;
    this.rows.delete(key);
    this.rows.set(key, row);
    if (this.rows.size > this.bounds.maxRecords) this.evictOldest();
    return row.record;
  }

  /** Takes what has to be reported now. */
  due(): readonly (readonly [key: string, record: R])[] {
    this.turn += 1;
    const rows = [...this.rows];
    const changed = rows.filter(([, row]) => row.changed);
    const idle = rows
      .filter(([, row]) => !row.changed)
      .toSorted(([, a], [, b]) => a.reportedAtTurn - b.reportedAtTurn)
      .slice(0, this.bounds.refreshed);
    return [...changed, ...idle].map(([key, row]) => {
      row.changed = false;
      row.reportedAtTurn = this.turn;
      return [key, row.record] as const;
    });
  }

  private evictOldest(): void {
    const [oldest] = this.rows.keys();
    if (oldest === undefined) return;
    this.rows.delete(oldest);
    this.evicted += 1;
  }
}
