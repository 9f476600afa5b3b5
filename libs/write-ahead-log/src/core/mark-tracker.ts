/**
 * Knows from where a slot's segments may still need work.
 *
 *     number   7        8        9        10
 *              done     2 open   done     1 open
 *                       ^ mark             next = 11
 *
 * Operations finish in any order; the mark is the first segment with one that has not, or the next number.
 * It never falls. It remembers unfinished segments only, so it is as large as what is in flight.
 */
export class MarkTracker {
  /** Unfinished indexes by segment number; numbers are opened in rising order, so the first key is the smallest. */
  private readonly unfinished = new Map<number, Set<number>>();

  /** @param next - the first number that will be opened. */
  constructor(private next: number) {}

  get mark(): number {
    for (const number of this.unfinished.keys()) return number;
    return this.next;
  }

  /** A segment was appended, with this many records. Numbers rise; one that is left out counts as finished. */
  open(number: number, records: number): void {
    if (records > 0)
      this.unfinished.set(number, new Set(Array.from({ length: records }, (_, index) => index)));
    this.next = number + 1;
  }

  /** An operation was applied, rejected, quarantined or given back. Saying it twice changes nothing. */
  finish({ number, index }: { readonly number: number; readonly index: number }): void {
    const open = this.unfinished.get(number);
    open?.delete(index);
    if (open?.size === 0) this.unfinished.delete(number);
  }
}
