/**
 * Finds whose silence may have crossed a boundary, without looking at everybody.
 *
 * Items stand in buckets of watermark time. A heartbeat moves nothing: an item that comes up too early
 * is put back where it belongs, about once per interval.
 */
export class DueWheel<Item> {
  private readonly buckets = new Map<number, Item[]>();
  private next = Infinity;

  constructor(private readonly widthMs: number) {}

  add(item: Item, dueMs: number): void {
    const index = Math.floor(dueMs / this.widthMs);
    const bucket = this.buckets.get(index);
    if (bucket === undefined) this.buckets.set(index, [item]);
    else bucket.push(item);
    if (index < this.next) this.next = index;
  }

  /** Removes and returns all that may be due at `nowMs`; those not due yet have to be added again. */
  take(nowMs: number): readonly Item[] {
    const until = Math.floor(nowMs / this.widthMs);
    if (this.buckets.size === 0 || until < this.next) return [];
    const taken: Item[] = [];
    for (const index of this.indexesUntil(until)) {
      for (const item of this.buckets.get(index) ?? []) taken.push(item);
      this.buckets.delete(index);
    }
    this.next = until;
    return taken;
  }

  private indexesUntil(until: number): readonly number[] {
    if (until - this.next > this.buckets.size)
      return [...this.buckets.keys()].filter((index) => index <= until);
    return Array.from({ length: until - this.next + 1 }, (_, offset) => this.next + offset);
  }
}
