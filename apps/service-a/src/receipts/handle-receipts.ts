import type { LamportClock } from '@latido/lamport-clock';
import {
  type Disposition,
  type EventEnvelope,
  isWornOut,
  MAX_RECEIVES_REASON,
  type ReceivedMessage,
} from '@latido/messaging';
import { inSpanOf } from '@latido/observability';
import type { Outbox, Receipt, Settlement } from '@latido/write-ahead-log';
import { type ReadReceipt, readReceipt, type ReadReceiptPorts } from './read-receipt';

export interface ReceiptPorts extends ReadReceiptPorts {
  readonly clock: Pick<LamportClock, 'merge'>;
  readonly outbox: Pick<Outbox, 'settle'>;
  /** Of the queue: how often it hands out a message before it moves it away by itself. */
  readonly maxReceiveCount: number;
}

/** One message, what came of it, and what is to become of it. */
export interface HandledReceipt {
  readonly message: ReceivedMessage;
  readonly disposition: Disposition;
  /** Absent where the message could not be read. */
  readonly envelope?: EventEnvelope;
  /** Absent for poison, and where the store gave no answer. */
  readonly settled?: { readonly receipt: Receipt; readonly settlement: Settlement };
  /** Why it is given back: the store's error. */
  readonly failure?: { readonly error: unknown };
}

/**
 * Settles outbox entries by a batch of receipts: one that settles nothing (it came twice, it is for an impostor, its
 * entry is gone) is done with all the same.
 *
 *     read -> merge its Lamport time -> settle -> acknowledge
 *
 * One that was received too often is a dead letter, and is not tried again.
 * Never throws: one whose entry cannot be reached is given back, see {@link requireSomeHandled}.
 */
export async function handleReceipts(
  batch: readonly ReceivedMessage[],
  ports: ReceiptPorts,
): Promise<readonly HandledReceipt[]> {
  return Promise.all(
    batch.map(async (message) =>
      inSpanOf(message, () => handle(message, readReceipt(message, ports), ports)),
    ),
  );
}

/** @throws the store's error when not one receipt could be handled: then nothing can work now, and pollers should slow down. */
export function requireSomeHandled(handled: readonly HandledReceipt[]): void {
  const [first] = handled;
  if (first?.failure && handled.every(({ failure }) => failure !== undefined)) throw first.failure.error;
}

async function handle(
  message: ReceivedMessage,
  read: ReadReceipt,
  { clock, outbox, maxReceiveCount }: ReceiptPorts,
): Promise<HandledReceipt> {
  if (read.kind === 'poison') return { message, ...read };
  const { envelope, receipt } = read;
  if (isWornOut(message, { maxReceiveCount })) return wornOut(message, envelope);
  try {
    await clock.merge(envelope.lamport);
    const settlement = await outbox.settle(receipt);
    return { message, disposition: { kind: 'acknowledge' }, envelope, settled: { receipt, settlement } };
  } catch (error) {
    return { message, disposition: { kind: 'giveBack' }, envelope, failure: { error } };
  }
}

function wornOut(message: ReceivedMessage, envelope: EventEnvelope): HandledReceipt {
  const detail = `received ${message.receiveCount} times and not settled`;
  const disposition = {
    kind: 'deadLetter',
    reason: MAX_RECEIVES_REASON,
    detail,
    requestId: envelope.id,
  } as const;
  return { message, envelope, disposition };
}
