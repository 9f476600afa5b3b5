import type { LogRecord } from './log-record';

/** Where an operation stands in the log, and its token. */
export interface LoggedPlace {
  readonly number: number;
  readonly index: number;
  readonly token: string;
}

/**
 * Port: the poller's own slot in the write-ahead log. The `LogWriter` of `@latido/write-ahead-log` is one.
 *
 * Appends of one log happen one at a time, in the order of the calls.
 */
export interface OperationLog {
  /** Resolves when every record is durable; `fenced` when the slot belongs to somebody else now. */
  append(
    records: readonly LogRecord[],
  ): Promise<
    { readonly outcome: 'appended'; readonly places: readonly LoggedPlace[] } | { readonly outcome: 'fenced' }
  >;
  /** The operation was applied, rejected, quarantined or given back: recovery need not look at it. */
  finish(place: LoggedPlace): void;
}
