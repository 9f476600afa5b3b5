import type { LamportClock } from '@latido/lamport-clock';
import type { Disposition, EventEnvelope, ReceivedMessage } from '@latido/messaging';
import type { Outbox, Receipt, Settlement } from '@latido/write-ahead-log';
import { type ReadReceipt, readReceipt, type ReadReceiptPorts } from './read-receipt';

export interface ReceiptPorts extends ReadReceiptPorts {
  readonly clock: Pick<LamportClock, 'merge'>;
  readonly outbox: Pick<Outbox, 'settle'>;
}

/** One message, what came of it, and what is to become of it. */
export interface HandledReceipt {
  readonly message: ReceivedMessage;
  readonly disposition: Disposition;
  /** Absent where the message could not be read. */
  readonly envelope?: EventEnvelope;
  /** Absent for poison, and where the store gave no answer. */
  readonly settled?: { readonly receipt: Receipt; readonly settlement: Settlement };
}

/**
 * Settles outbox entries by a batch of receipts: one that settles nothing (it came twice, it is for an impostor, its
 * entry is gone) is done with all the same.
 *
 *     read -> merge its Lamport time -> settle -> acknowledge
 *
 * @throws the store's error when not one receipt could be settled: then nothing can work now, and pollers should slow down.
 */
export async function handleReceipts(
  batch: readonly ReceivedMessage[],
  ports: ReceiptPorts,
): Promise<readonly HandledReceipt[]> {
  const failures: unknown[] = [];
  const handled = await Promise.all(
    batch.map(async (message): Promise<HandledReceipt> => {
      try {
        return await handle(message, readReceipt(message, ports), ports);
      } catch (error) {
        failures.push(error);
        return { message, disposition: { kind: 'giveBack' } };
      }
    }),
  );
  if (failures.length > 0 && failures.length === batch.length) throw failures[0];
  return handled;
}

async function handle(
  message: ReceivedMessage,
  read: ReadReceipt,
  { clock, outbox }: ReceiptPorts,
): Promise<HandledReceipt> {
  if (read.kind === 'poison') return { message, ...read };
  const { envelope, receipt } = read;
  await clock.merge(envelope.lamport);
  const settlement = await outbox.settle(receipt);
  return { message, disposition: { kind: 'acknowledge' }, envelope, settled: { receipt, settlement } };
}
