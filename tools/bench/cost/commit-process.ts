import { randomUUID } from 'node:crypto';
import { type CommitOptions, EventCommitter, type LogRecord } from '@latido/event-commit';
import { DynamoDbClaimStore } from '@latido/idempotent-receiver/dynamodb';
import { sha256Hex } from '@latido/messaging/aws';
import { DynamoDbVersionStore } from '@latido/versioned-value/dynamodb';
import { type LogWriter, openLog } from '@latido/write-ahead-log';
import { DynamoDbSegmentStore, DynamoDbWriterStore } from '@latido/write-ahead-log/dynamodb';
import { SAMPLE_TIME_MS } from '../sample-events';
import type { MeteredTables } from './metered-tables';

const CLAIM_LIFE_MS = 46 * 24 * 60 * 60 * 1_000;

/** One replica of service-b, as far as the database sees it: a committer with its memory, and a log slot. */
export interface CommitProcess {
  readonly committer: EventCommitter;
  readonly log: LogWriter<LogRecord>;
}

/** Starts a replica on the real adapters, at a moment that stands still. */
export async function startCommitProcess(
  tables: MeteredTables,
  options: Partial<CommitOptions> = {},
): Promise<CommitProcess> {
  const now = (): number => SAMPLE_TIME_MS;
  const committer = new EventCommitter(
    {
      claims: new DynamoDbClaimStore(tables.table('IdempotencyTable')),
      versions: new DynamoDbVersionStore(tables.table('VersionedState')),
      now,
      newToken: randomUUID,
      sha256Hex,
      lamportAfter: (clock) => clock + 1,
    },
    options,
  );
  const logTable = tables.table('WriteAheadLog');
  const { log } = await openLog<LogRecord>(
    { service: 'service-b', claimLifeMs: CLAIM_LIFE_MS, redeliver: async () => undefined },
    {
      segments: new DynamoDbSegmentStore(logTable),
      writers: new DynamoDbWriterStore(logTable),
      now,
      newToken: randomUUID,
      retry: (call) => call(),
    },
  );
  return { committer, log };
}

/** Commits a batch and says what became of each event, so that a measurement can be seen to measure what it says. */
export async function commitKinds(
  { committer, log }: CommitProcess,
  events: Parameters<EventCommitter['commitBatch']>[0],
): Promise<readonly string[]> {
  return (await committer.commitBatch(events, log)).map(({ kind }) => kind);
}
