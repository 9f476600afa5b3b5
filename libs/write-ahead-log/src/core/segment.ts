/** A writer's place in the log of its service. Numbers run on across owners, so the next number is the fence. */
export interface SegmentAddress {
  readonly service: string;
  /** Dense from 0. */
  readonly slot: number;
  /** From 1; once taken it stays taken. */
  readonly number: number;
}

/**
 * One append to the log: the operations of a batch, or a seal that closes a number for a writer that is gone.
 *
 * @typeParam R - one record: a plain JSON object.
 */
export interface Segment<R> extends SegmentAddress {
  readonly kind: 'records' | 'seal';
  /** Epoch of the writer that appended it. */
  readonly epoch: number;
  /** Fresh for each append, the same over its retries. The token of record i is `<token>.<i>`. */
  readonly token: string;
  readonly records: readonly R[];
  readonly writtenAtMs: number;
  /** Half of the claims' age from `writtenAtMs`, in seconds since 1970. Segments are never deleted, only expired. */
  readonly expiresAtEpochSeconds: number;
}

/** What an append met. `stored` is the segment that has the number instead. */
export type SegmentWrite<R> =
  { readonly outcome: 'stored' } | { readonly outcome: 'refused'; readonly stored?: Segment<R> };

/** Port: where segments are kept. Every call is one trip; reads are strongly consistent. */
export interface SegmentStore<R> {
  appendIfAbsent(segment: Segment<R>): Promise<SegmentWrite<R>>;
  read(address: SegmentAddress): Promise<Segment<R> | undefined>;
}

/** Token of one record: its segment's, with its index. Claims and versions carry it. */
export function recordToken(segment: { readonly token: string }, index: number): string {
  return `${segment.token}.${index}`;
}
