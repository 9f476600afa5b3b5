import type { CommitEvent } from '../commit-event';
import { LogFencedError } from '../errors';
import type { LoggedOperation } from '../operation';
import type { OperationLog } from '../operation-log';

/** The operations that are durable now, in the order of the events, and the events that no segment can hold. */
export interface LoggedBatch {
  readonly operations: readonly LoggedOperation[];
  readonly tooLarge: readonly CommitEvent[];
}

/**
 * Appends the batch to the log before anything of it is applied. One trip (one for each 350 KB); none for an empty batch.
 *
 * @throws {@link LogFencedError} when the slot belongs to somebody else now: apply nothing.
 * @throws the log's error; the records may be durable all the same, and count as given back.
 */
export async function log(operationLog: OperationLog, events: readonly CommitEvent[]): Promise<LoggedBatch> {
  if (events.length === 0) return { operations: [], tooLarge: [] };
  try {
    return { operations: await append(operationLog, events), tooLarge: [] };
  } catch (error) {
    const tooLarge = isRecordTooLarge(error) ? events[error.index] : undefined;
    if (!tooLarge) throw error;
    // The log looks at sizes before it writes, so nothing of this batch is in it yet.
    const rest = await log(
      operationLog,
      events.filter((event) => event !== tooLarge),
    );
    return { ...rest, tooLarge: [tooLarge, ...rest.tooLarge] };
  }
}

async function append(
  operationLog: OperationLog,
  events: readonly CommitEvent[],
): Promise<readonly LoggedOperation[]> {
  const append = await operationLog.append(events);
  if (append.outcome === 'fenced') throw new LogFencedError();
  return append.places.flatMap((place, i) => {
    const event = events[i];
    return event ? [{ event, token: place.token, place }] : [];
  });
}

/** By its code: the log is a port, so its error classes are not known here. */
function isRecordTooLarge(error: unknown): error is { readonly index: number } {
  return error instanceof Error && 'code' in error && error.code === 'record_too_large' && 'index' in error;
}
