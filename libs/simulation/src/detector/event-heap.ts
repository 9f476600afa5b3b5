/** Events in the order of their time; those of one instant in the order in which they were added. */
export class EventHeap<Event> {
  private readonly entries: Entry<Event>[] = [];
  private added = 0;

  add(atMs: number, event: Event): void {
    const { entries } = this;
    const entry = { atMs, order: this.added++, event };
    let place = entries.length;
    entries.push(entry);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = entries[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      entries[place] = above;
      place = parent;
    }
    entries[place] = entry;
  }

  /** Removes and returns the first, or undefined when nothing is left. */
  take(): { readonly atMs: number; readonly event: Event } | undefined {
    const { entries } = this;
    const first = entries[0];
    const last = entries.pop();
    if (first === undefined || last === undefined || entries.length === 0) return first;
    this.sink(last);
    return first;
  }

  private sink(entry: Entry<Event>): void {
    const { entries } = this;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      const left = entries[child];
      if (left === undefined) break;
      const right = entries[child + 1];
      const smaller = right !== undefined && isBefore(right, left) ? right : left;
      if (smaller === right) child++;
      if (!isBefore(smaller, entry)) break;
      entries[place] = smaller;
      place = child;
    }
    entries[place] = entry;
  }
}

interface Entry<Event> {
  readonly atMs: number;
  readonly order: number;
  readonly event: Event;
}

function isBefore<Event>(a: Entry<Event>, b: Entry<Event>): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
