import { LogQueueFullError } from './errors';
import type { HeldSlot } from './held-slot';
import type { LogPorts } from './log-ports';
import { MarkTracker } from './mark-tracker';
import { recordToken, type Segment } from './segment';
import { segmentExpiry } from './segment-expiry';
import { MAX_SEGMENT_BYTES, splitRecords } from './split-records';

/** Where a record stands in its slot, and the token of the operation it logs. */
export interface LogPlace {
  readonly number: number;
  readonly index: number;
  readonly token: string;
}

/**
 * What became of an append. `places` are in the order of the records.
 *
 * `fenced`: the slot is not this writer's any more (somebody took it over, or it was released). Apply nothing of
 * this append, and acknowledge nothing: open another slot.
 */
export type Append =
  { readonly outcome: 'appended'; readonly places: readonly LogPlace[] } | { readonly outcome: 'fenced' };

export interface LogWriterOptions {
  /** How long a claim is kept, in milliseconds; segments expire after half of it. */
  readonly claimLifeMs: number;
  /** Appends that may wait, the one under way included. A poller has one or two; more means a slot is shared. */
  readonly maxQueued?: number;
  /** Bytes of JSON in one segment; see `splitRecords`. */
  readonly maxSegmentBytes?: number;
}

/** Room for a poller that overlaps a few batches; past this a slot is a bottleneck, not a queue. */
const MAX_QUEUED = 16;

/**
 * The owner of one slot: appends to the log before anything is applied, and keeps the mark.
 *
 *     append(records) --> places --> apply each --> finish(place) --> the mark moves
 *
 * One append is under way at a time, in the order of the calls, each a fresh token and the next number.
 *
 * An append that throws (store away, retries used up) may still have been written. Its number is then in doubt:
 * the next append tries the same number, and if it finds this owner's own segment there, goes on after it.
 * The records of a failed append count as given back: do not acknowledge them.
 */
export class LogWriter<R> {
  private readonly marks: MarkTracker;
  private inDoubt = false;
  private fenced = false;
  private queued = 0;
  private tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly held: HeldSlot,
    private nextNumber: number,
    private readonly ports: LogPorts<R>,
    private readonly options: LogWriterOptions,
  ) {
    this.marks = new MarkTracker(nextNumber);
  }

  get slot(): number {
    return this.held.writer.slot;
  }

  /** The first segment with an operation that is not finished. */
  get mark(): number {
    return this.marks.mark;
  }

  /**
   * Logs records: one trip, or one for each 350 KB.
   *
   * @throws {@link LogQueueFullError} when `maxQueued` appends wait already; nothing was written.
   * @throws {@link RecordTooLargeError} when a record alone is over `maxSegmentBytes`; nothing was written.
   * @throws the store's error when the retries are used up; the records count as given back.
   */
  async append(records: readonly R[]): Promise<Append> {
    const { maxQueued = MAX_QUEUED, maxSegmentBytes = MAX_SEGMENT_BYTES } = this.options;
    if (this.queued >= maxQueued) throw new LogQueueFullError(maxQueued);
    const parts = splitRecords(records, maxSegmentBytes);
    this.queued += 1;
    const appended = this.tail.then(() => this.appendAll(parts));
    this.tail = appended.catch(() => undefined);
    return appended.finally(() => (this.queued -= 1));
  }

  /** An operation was applied, rejected, quarantined or given back: its segment may fall behind the mark. */
  finish(place: LogPlace): void {
    this.marks.finish(place);
  }

  /** Call every 10 s. Writes where the mark moved, or to show watchers that this writer lives. */
  async moveMark(): Promise<'moved' | 'unchanged' | 'fenced'> {
    const outcome = await this.held.moveMark(this.mark);
    this.fenced ||= outcome === 'fenced';
    return outcome;
  }

  /** Waits for the append under way, then gives the slot back with its mark; at the end of the log when all is finished. */
  async release(): Promise<'released' | 'fenced'> {
    const last = this.tail;
    this.tail = last.then(() => (this.fenced = true));
    await last;
    return this.held.release(this.mark);
  }

  private async appendAll(parts: readonly (readonly R[])[]): Promise<Append> {
    const places: LogPlace[] = [];
    let complete = false;
    try {
      for (const records of parts) {
        const segment = await this.appendOne(records);
        if (!segment) return { outcome: 'fenced' };
        places.push(...placesOf(segment));
      }
      complete = true;
      return { outcome: 'appended', places };
    } finally {
      if (!complete) for (const place of places) this.finish(place);
    }
  }

  private async appendOne(records: readonly R[]): Promise<Segment<R> | undefined> {
    const token = this.ports.newToken();
    while (!this.fenced) {
      const segment = this.segmentOf(records, token);
      const found = await this.attempt(segment);
      if (found === 'mine') return segment;
      if (found === 'fenced') this.fenced = true;
    }
    return undefined;
  }

  /** `earlier`: the number holds a segment of this owner that was given back; it is taken, and the next is free. */
  private async attempt(segment: Segment<R>): Promise<'mine' | 'earlier' | 'fenced'> {
    const wasInDoubt = this.inDoubt;
    this.inDoubt = true;
    const write = await this.ports.retry(() => this.ports.segments.appendIfAbsent(segment));
    this.inDoubt = false;
    const isMine = write.outcome === 'stored' || write.stored?.token === segment.token;
    const isEarlier = !isMine && wasInDoubt && write.stored?.epoch === segment.epoch;
    if (!isMine && !isEarlier) return 'fenced';
    this.nextNumber = segment.number + 1;
    this.marks.open(segment.number, isMine ? segment.records.length : 0);
    return isMine ? 'mine' : 'earlier';
  }

  private segmentOf(records: readonly R[], token: string): Segment<R> {
    const { service, slot, epoch } = this.held.writer;
    const writtenAtMs = this.ports.now();
    return {
      service,
      slot,
      number: this.nextNumber,
      kind: 'records',
      epoch,
      token,
      records,
      writtenAtMs,
      expiresAtEpochSeconds: segmentExpiry({ writtenAtMs, claimLifeMs: this.options.claimLifeMs }),
    };
  }
}

function placesOf<R>(segment: Segment<R>): LogPlace[] {
  return segment.records.map((_, index) => ({
    number: segment.number,
    index,
    token: recordToken(segment, index),
  }));
}
