import { type EventCommitter, isRollback, type LogRecord } from '@latido/event-commit';
import { receiptOf } from '../receipts/receipt';
import type { ReceiptSender } from '../receipts/receipt-sender';

/** The receipt of a repeated operation was not taken; the message comes again and brings it once more. */
class ReceiptLostError extends Error {
  override readonly name = 'ReceiptLostError';
  readonly code = 'receipt_not_sent';
}

/**
 * Repeats an operation that an earlier owner of a slot has logged: commit and receipt, never an acknowledgement.
 *
 * The message it came with may be gone, so this may be the only receipt that its producer ever gets.
 *
 * @throws what made it fail; recovery counts it and goes on.
 */
export async function redeliver(
  record: LogRecord,
  token: string,
  ports: {
    readonly committer: Pick<EventCommitter, 'redeliver'>;
    readonly receipts: Pick<ReceiptSender, 'send'>;
  },
): Promise<void> {
  const outcome = await ports.committer.redeliver(record, token);
  const receipt = outcome && !isRollback(record) ? receiptOf(record, outcome) : undefined;
  if (!receipt) return;
  const [isTaken] = await ports.receipts.send([receipt]);
  if (!isTaken) throw new ReceiptLostError(`the receipt for ${receipt.data.requestId} was not taken`);
}
