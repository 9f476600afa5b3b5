import type { CommitEvent } from './commit-event';

/** What the log keeps of a rollback. */
export interface RollbackRecord {
  /** `http#<key>`: the RequestID of the version it makes. */
  readonly requestId: string;
  readonly subject: string;
  /** The version the caller saw as current; the rollback makes the one after it, or nothing. */
  readonly ifMatch: number;
  readonly toVersion: number;
  readonly lamport: number;
}

/** One operation in the log, whole: recovery needs nothing else. A typical event takes 250 to 300 bytes. */
export type LogRecord = CommitEvent | RollbackRecord;

/** True for the record of a rollback. */
export function isRollback(record: LogRecord): record is RollbackRecord {
  return 'toVersion' in record;
}
