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

  async appendIfAbsent(segment: Segment<R>): Promise<SegmentWrite<R>> {
    const stored = await this.read(segment);
    if (stored) return { outcome: 'refused', stored };
    this.segments.set(keyOf(segment), structuredClone(segment));
    return { outcome: 'stored' };
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
