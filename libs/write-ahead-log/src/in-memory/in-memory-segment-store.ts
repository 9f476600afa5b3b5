import type { Segment, SegmentAddress, SegmentStore, SegmentWrite } from '../core/segment';

/**
 * Segments in a map: the reference adapter, and the double for tests.
 *
 * Kept as JSON text, so that nobody can change what is stored, as in a table. Nothing expires by itself.
 *
 * @typeParam R - one record: a plain JSON object.
 */
export class InMemorySegmentStore<R> implements SegmentStore<R> {
  private readonly segments = new Map<string, string>();

  appendIfAbsent(segment: Segment<R>): Promise<SegmentWrite<R>> {
    const key = keyOf(segment);
    const stored = this.segments.get(key);
    if (stored !== undefined) return Promise.resolve({ outcome: 'refused', stored: this.parse(stored) });
    this.segments.set(key, JSON.stringify(segment));
    return Promise.resolve({ outcome: 'stored' });
  }

  read(address: SegmentAddress): Promise<Segment<R> | undefined> {
    const stored = this.segments.get(keyOf(address));
    return Promise.resolve(stored === undefined ? undefined : this.parse(stored));
  }

  /** Every segment, in the order of appending. */
  all(): readonly Segment<R>[] {
    return [...this.segments.values()].map((text) => this.parse(text));
  }

  private parse(text: string): Segment<R> {
    return JSON.parse(text) as Segment<R>;
  }
}

function keyOf({ service, slot, number }: SegmentAddress): string {
  return `${service}#${slot}#${number}`;
}
