import { sampleEvent } from '../sample-events';
import { type CommitProcess, commitKinds, startCommitProcess } from './commit-process';
import type { Cost } from './cost';
import type { MeteredTables } from './metered-tables';

/** Messages in a batch: what one receive of SQS brings at most. */
const BATCH = 10;

let prefixes = 0;

/** Ten subjects nobody has used. */
function tenNewNames(): readonly string[] {
  prefixes += 1;
  return Array.from({ length: BATCH }, (_, i) => `cart-${prefixes * 100 + i}`);
}

function batchFor(subjects: readonly string[], recordBytes?: number): ReturnType<typeof sampleEvent>[] {
  return subjects.map((subject) => sampleEvent(subject, recordBytes));
}

/** Measures one batch, and fails when it did not come out as expected. */
async function measureBatch(
  tables: MeteredTables,
  process: CommitProcess,
  events: ReturnType<typeof batchFor>,
  expected: 'applied' | 'duplicate' = 'applied',
): Promise<Cost> {
  let kinds: readonly string[] = [];
  const cost = await tables.measure({ events: events.length, batches: 1 }, async () => {
    kinds = await commitKinds(process, events);
  });
  if (kinds.some((kind) => kind !== expected))
    throw new Error(`expected ${expected}, got ${kinds.join(', ')}`);
  return cost;
}

/** New events on subjects whose head this process knows. */
export async function warmSubjects(tables: MeteredTables, recordBytes = 300): Promise<Cost> {
  const process = await startCommitProcess(tables);
  const subjects = tenNewNames();
  await commitKinds(process, batchFor(subjects, recordBytes));
  return measureBatch(tables, process, batchFor(subjects, recordBytes));
}

/** New events on existing subjects that this process has not met. */
export async function coldSubjects(tables: MeteredTables): Promise<Cost> {
  const subjects = tenNewNames();
  await commitKinds(await startCommitProcess(tables), batchFor(subjects));
  return measureBatch(tables, await startCommitProcess(tables), batchFor(subjects));
}

/** The first events of their subjects. */
export async function newSubjects(tables: MeteredTables): Promise<Cost> {
  return measureBatch(tables, await startCommitProcess(tables), batchFor(tenNewNames()));
}

/** Copies of events this process has applied itself. */
export async function seenDuplicates(tables: MeteredTables): Promise<Cost> {
  const process = await startCommitProcess(tables);
  const events = batchFor(tenNewNames());
  await commitKinds(process, events);
  return measureBatch(tables, process, events, 'duplicate');
}

/** Copies of events that another process applied, on subjects this one knows. */
export async function unseenDuplicates(tables: MeteredTables): Promise<Cost> {
  const [here, there] = [await startCommitProcess(tables), await startCommitProcess(tables)];
  const subjects = tenNewNames();
  await commitKinds(here, batchFor(subjects));
  const events = batchFor(subjects);
  await commitKinds(there, events);
  return measureBatch(tables, here, events, 'duplicate');
}

/** Several events of one subject in a batch: each builds on the one before. */
export async function oneSubject(tables: MeteredTables, events: number): Promise<Cost> {
  const process = await startCommitProcess(tables);
  const [subject = ''] = tenNewNames();
  await commitKinds(process, [sampleEvent(subject)]);
  return measureBatch(
    tables,
    process,
    Array.from({ length: events }, () => sampleEvent(subject)),
  );
}

/**
 * Replicas that share subjects and take turns: every event finds that somebody else wrote last.
 *
 * @param headFirst - false: no conflict is remembered, so every event claims a number that is taken.
 */
export async function takingTurns(
  tables: MeteredTables,
  { replicas, headFirst }: { readonly replicas: number; readonly headFirst: boolean },
): Promise<Cost> {
  const processes = await startReplicas(tables, replicas, headFirst ? {} : { conflictMemoryMs: 0 });
  const subjects = tenNewNames();
  const round = async (): Promise<void> => {
    for (const process of processes) await commitKinds(process, batchFor(subjects));
  };
  await round();
  await round();
  return tables.measure({ events: replicas * BATCH, batches: replicas }, round);
}

/** The worst case: all replicas get an event of the same subjects in the same moment, always. */
export async function racing(tables: MeteredTables, replicas: number): Promise<Cost> {
  const processes = await startReplicas(tables, replicas);
  const subjects = tenNewNames();
  const round = async (): Promise<unknown> =>
    Promise.all(processes.map((process) => commitKinds(process, batchFor(subjects))));
  await round();
  await round();
  return tables.measure({ events: replicas * BATCH, batches: 1 }, round);
}

/** A rollback to version 1 of a subject with two versions. */
export async function rollback(tables: MeteredTables, idempotencyKey?: string): Promise<Cost> {
  const process = await startCommitProcess(tables);
  const [subject = ''] = tenNewNames();
  await commitKinds(process, [sampleEvent(subject)]);
  await commitKinds(process, [sampleEvent(subject)]);
  const request = {
    subject,
    toVersion: 1,
    ifMatch: 2,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
  return tables.measure({ events: 1, batches: 1 }, () => process.committer.rollBack(request, process.log));
}

/** A poller writes down how far its log is done; every 10 s. */
export async function mark(tables: MeteredTables): Promise<Cost> {
  const process = await startCommitProcess(tables);
  await commitKinds(process, batchFor(tenNewNames()));
  return tables.measure({ events: 1, batches: 1 }, () => process.log.moveMark());
}

async function startReplicas(
  tables: MeteredTables,
  count: number,
  options?: Parameters<typeof startCommitProcess>[1],
): Promise<readonly CommitProcess[]> {
  const processes: CommitProcess[] = [];
  for (let i = 0; i < count; i += 1) processes.push(await startCommitProcess(tables, options));
  return processes;
}
