import type { OperationLog } from '@latido/event-commit';

/**
 * A slot of the write-ahead log that outlives being taken over: after an append was fenced, the next user gets
 * another slot.
 *
 *     none ──use──▶ open ──append is fenced──▶ none
 */
export class LogSlot {
  private current: Promise<OperationLog> | undefined;

  constructor(private readonly open: () => Promise<OperationLog>) {}

  /**
   * The log to append to. Users may share it: appends happen one after the other.
   * @throws what opening a slot met; the next call tries again.
   */
  async use(): Promise<OperationLog> {
    this.current ??= this.reopen();
    return this.current;
  }

  private reopen(): Promise<OperationLog> {
    const opening: Promise<OperationLog> = this.open().then(
      (log) => watched(log, () => this.drop(opening)),
      (error: unknown) => {
        this.drop(opening);
        throw error;
      },
    );
    return opening;
  }

  /** Only the one in use: whoever still holds an older one may learn late that it is fenced. */
  private drop(opening: Promise<OperationLog>): void {
    if (this.current === opening) this.current = undefined;
  }
}

function watched(log: OperationLog, onFenced: () => void): OperationLog {
  return {
    append: async (records) => {
      const append = await log.append(records);
      if (append.outcome === 'fenced') onFenced();
      return append;
    },
    finish: (place) => log.finish(place),
  };
}
