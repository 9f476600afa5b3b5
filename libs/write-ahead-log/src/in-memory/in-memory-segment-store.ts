import type { Segment, SegmentAddress, SegmentStore, SegmentWrite } from '../core/segment';

/**
 * Segments in a map: the reference adapter, and the double for tests.
 *
 * Values are copied on the way in and out, as a table would. Nothing expires by itself.
 *
 * @typeParam R - one record: a plain JSON object.
 */
export class InMemorySegmentStore<R> implements SegmentStore<R> {
  private readonly segments = new Map<string, Segment<R>>();

  appendIfAbsent(segment: Segment<R>): Promise<SegmentWrite<R>> {
    const key = keyOf(segment);
    const stored = this.segments.get(key);
    if (stored) return Promise.resolve({ outcome: 'refused', stored: structuredClone(stored) });
    this.segments.set(key, structuredClone(segment));
    return Promise.resolve({ outcome: 'stored' });
  }

  read(address: SegmentAddress): Promise<Segment<R> | undefined> {
    const stored = this.segments.get(keyOf(address));
    return Promise.resolve(stored && structuredClone(stored));
  }

  /** Every segment, in the order of appending. */
  all(): readonly Segment<R>[] {
    return structuredClone([...this.segments.values()]);
  }
}

function keyOf({ service, slot, number }: SegmentAddress): string {
  return `${service}#${slot}#${number}`;
}
