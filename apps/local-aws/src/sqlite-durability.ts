import { DatabaseSync } from 'node:sqlite';

/**
 * Runs `open`, and lets every SQLite database that it switches to a write-ahead log flush to disk less often.
 *
 * fauxqs keeps SQLite's default, a flush for every statement, which allows some 100 messages a second.
 * What is written still reaches the operating system at once, so kill -9 loses nothing; only a crash
 * of the whole machine may lose the last moments, and the database stays consistent even then.
 *
 * fauxqs opens its database itself and offers no setting, so the statement is watched for.
 *
 * @see SQLite, "PRAGMA synchronous", NORMAL in WAL mode.
 */
export async function withFewerFlushes<T>(open: () => Promise<T>): Promise<T> {
  const original = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'exec');
  if (original === undefined) return open();
  const exec = original.value as (this: DatabaseSync, sql: string) => void;
  Object.defineProperty(DatabaseSync.prototype, 'exec', {
    ...original,
    value(this: DatabaseSync, sql: string): void {
      exec.call(this, sql);
      if (/journal_mode\s*=\s*WAL/i.test(sql)) exec.call(this, 'PRAGMA synchronous = NORMAL');
    },
  });
  try {
    return await open();
  } finally {
    Object.defineProperty(DatabaseSync.prototype, 'exec', original);
  }
}
