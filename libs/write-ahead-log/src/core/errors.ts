/** More appends wait for this slot than its queue holds. Nothing was written: give the batch back and slow down. */
export class LogQueueFullError extends Error {
  override readonly name = 'LogQueueFullError';
  readonly code = 'log_queue_full';

  constructor(readonly maxQueued: number) {
    super(
      `${maxQueued} appends wait for this slot already; give the batch back, or let each poller own a slot`,
    );
  }
}

/** One record is larger than a segment may be. Nothing of its append was written: reject the record. */
export class RecordTooLargeError extends Error {
  override readonly name = 'RecordTooLargeError';
  readonly code = 'record_too_large';

  constructor(
    readonly index: number,
    readonly bytes: number,
    readonly maxBytes: number,
  ) {
    super(
      `record ${index} takes ${bytes} bytes of JSON, a segment holds ${maxBytes}; reject it or make it smaller`,
    );
  }
}

/** No slot could be had: too many are held, or others were faster each time. Start again later, with fewer writers. */
export class SlotUnavailableError extends Error {
  override readonly name = 'SlotUnavailableError';
  readonly code = 'slot_unavailable';

  constructor(
    readonly service: string,
    why: string,
  ) {
    super(`no slot in the log of ${service}: ${why}`);
  }
}

/** A cursor that no page of this list gave out: show the caller a 400, it is theirs. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  readonly code = 'invalid_cursor';

  constructor(
    readonly cursor: string,
    options?: ErrorOptions,
  ) {
    super('the cursor was not given out by this list; pass one from a page, or none to begin', options);
  }
}

/** An outbox entry changed under each of several compare-and-swaps in a row. Nothing was written: try again. */
export class OutboxContentionError extends Error {
  override readonly name = 'OutboxContentionError';
  readonly code = 'outbox_contention';
  readonly transient = true;

  constructor(
    readonly id: string,
    readonly attempts: number,
  ) {
    super(`outbox entry ${id} changed under ${attempts} swaps in a row; try again`);
  }
}
