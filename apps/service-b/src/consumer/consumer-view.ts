import type { ConsumerStatus } from '@latido/messaging';
import type { ConsumerMode } from './consumer-control';
import type { BatchSummary } from './event-consumer';

/** Answer of GET /consumer. */
export interface ConsumerView {
  readonly mode: ConsumerMode;
  /** `held`: in automatic mode, but something that events need is away; see `heldBecause`. */
  readonly status: 'running' | 'paused' | 'held' | 'draining';
  readonly heldBecause: readonly string[];
  /** Polls that wait for messages or handle them. */
  readonly inFlight: number;
  readonly failuresInARow: number;
  readonly lastBatch: (Omit<BatchSummary, 'atMs'> & { readonly at: string }) | null;
  readonly lastTrouble: {
    readonly at: string;
    readonly where: string;
    readonly code: string;
    readonly detail: string;
  } | null;
  /** Slots of the write-ahead log that this process holds. */
  readonly slots: readonly number[];
}

/** Puts together what is known about the consumer. */
export function consumerView(known: {
  readonly mode: ConsumerMode;
  readonly heldBecause: readonly string[];
  readonly status: ConsumerStatus;
  readonly lastBatch: BatchSummary | undefined;
  readonly slots: readonly number[];
}): ConsumerView {
  const { mode, heldBecause, status, lastBatch, slots } = known;
  return {
    mode,
    status: statusOf(known),
    heldBecause: mode === 'auto' ? heldBecause : [],
    inFlight: status.pollsInFlight,
    failuresInARow: status.failuresInARow,
    lastBatch: lastBatch ? batchView(lastBatch) : null,
    lastTrouble: status.lastTrouble ? troubleView(status.lastTrouble) : null,
    slots,
  };
}

function statusOf({ mode, heldBecause, status }: Parameters<typeof consumerView>[0]): ConsumerView['status'] {
  if (status.mode !== 'paused') return status.mode;
  return mode === 'auto' && heldBecause.length > 0 ? 'held' : 'paused';
}

function batchView({ atMs, ...counts }: BatchSummary): NonNullable<ConsumerView['lastBatch']> {
  return { at: new Date(atMs).toISOString(), ...counts };
}

function troubleView({
  atMs,
  where,
  code,
  detail,
}: NonNullable<ConsumerStatus['lastTrouble']>): NonNullable<ConsumerView['lastTrouble']> {
  return { at: new Date(atMs).toISOString(), where, code, detail };
}
