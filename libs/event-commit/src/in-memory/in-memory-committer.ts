import { createHash } from 'node:crypto';
import { claimExpiry } from '@latido/idempotent-receiver';
import { InMemoryClaimStore } from '@latido/idempotent-receiver/in-memory';
import { InMemoryVersionStore } from '@latido/versioned-value/in-memory';
import { type LogWriter, openLog } from '@latido/write-ahead-log';
import { InMemorySegmentStore, InMemoryWriterStore } from '@latido/write-ahead-log/in-memory';
import { type CommitOptions, DEFAULT_COMMIT_OPTIONS } from '../core/commit-options';
import type { CommitPorts } from '../core/commit-ports';
import type { CommitDecision } from '../core/decision';
import { EventCommitter } from '../core/event-committer';
import type { LogRecord } from '../core/log-record';

/** The three tables of the protocol. */
export interface InMemoryTables {
  readonly claims: InMemoryClaimStore<CommitDecision>;
  readonly versions: InMemoryVersionStore;
  readonly segments: InMemorySegmentStore<LogRecord>;
  readonly writers: InMemoryWriterStore;
}

/** Empty tables in memory. */
export function createInMemoryTables(): InMemoryTables {
  return {
    claims: new InMemoryClaimStore(),
    versions: new InMemoryVersionStore(),
    segments: new InMemorySegmentStore(),
    writers: new InMemoryWriterStore(),
  };
}

/** A committer with everything around it, in memory: for tests, benchmarks and trying it out. */
export interface InMemoryCommitter extends InMemoryTables {
  readonly committer: EventCommitter;
  /** Takes a slot of the log, recovering what an earlier owner left. */
  openLog(): Promise<LogWriter<LogRecord>>;
}

/**
 * Composes a process: its committer and its way to a log slot.
 *
 * @param setting.tables - pass the tables of another one to make a second process on the same data.
 * @param setting.ports - replaces single ports, for example the clock or a table that fails.
 * @example
 * const { committer, openLog } = createInMemoryCommitter();
 * await committer.commitBatch([event], await openLog()); // => [{ kind: 'applied', version: 1 }]
 */
export function createInMemoryCommitter(
  setting: {
    readonly tables?: InMemoryTables;
    readonly ports?: Partial<CommitPorts>;
    readonly options?: Partial<CommitOptions>;
  } = {},
): InMemoryCommitter {
  const tables = setting.tables ?? createInMemoryTables();
  const ports: CommitPorts = { ...inMemoryPorts(tables), ...setting.ports };
  const committer = new EventCommitter(ports, setting.options);
  const { dedupHorizonMs } = { ...DEFAULT_COMMIT_OPTIONS, ...setting.options };
  return {
    ...tables,
    committer,
    openLog: async () => {
      const redeliver = async (record: LogRecord, token: string): Promise<void> => {
        await committer.redeliver(record, token);
      };
      const claimLifeMs = claimExpiry({ nowMs: 0, horizonMs: dedupHorizonMs }) * 1000;
      const logPorts = { ...tables, now: ports.now, newToken: ports.newToken, retry: once };
      return (await openLog({ service: 'in-memory', claimLifeMs, redeliver }, logPorts)).log;
    },
  };
}

function inMemoryPorts({ claims, versions }: InMemoryTables): CommitPorts {
  let tokens = 0;
  return {
    claims,
    versions,
    now: Date.now,
    newToken: () => `token-${(tokens += 1)}-${Math.random().toString(36).slice(2)}`,
    sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
    lamportAfter: (clock) => clock + 1,
  };
}

/** Memory does not fail for a moment: nothing is gained by calling again. */
function once<T>(call: () => Promise<T>): Promise<T> {
  return call();
}
