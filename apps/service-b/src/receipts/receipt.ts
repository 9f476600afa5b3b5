import type { CommitOutcome } from '@latido/event-commit';
import type { ReceiptData } from '@latido/messaging';

/** What is told to the producer of an event: about whose state it was, and what became of it. */
export interface Receipt {
  readonly subject: string;
  readonly data: ReceiptData;
  /** W3C trace context of what was done for the event; absent without tracing. */
  readonly traceparent?: string;
}

/** What a receipt says of the event it is for. */
export interface ReceiptSubject {
  readonly id: string;
  readonly fingerprint: string;
  readonly subject: string;
}

/** Reason of an event whose id was used for another event before. */
const FINGERPRINT_CONFLICT = 'fingerprint_conflict';

/**
 * The receipt for what the commit protocol did with an event; nothing where nothing is known.
 *
 * Only a stored rejection is certain. A quarantined event may be applied elsewhere or after a redrive.
 */
export function receiptOf(event: ReceiptSubject, outcome: CommitOutcome): Receipt | undefined {
  switch (outcome.kind) {
    case 'applied':
    case 'moved':
    case 'duplicate':
      return appliedReceipt(event, outcome.version);
    case 'rejected':
      return failedReceipt(event, { reason: outcome.reason, certain: true });
    case 'quarantined':
      return failedReceipt(event, { reason: quarantineReason(outcome), certain: false });
    case 'failed':
    default:
      return undefined;
  }
}

/** The receipt of an event that was refused. */
export function failedReceipt(
  { id, fingerprint, subject }: ReceiptSubject,
  failure: { readonly reason: string; readonly certain: boolean },
): Receipt {
  return { subject, data: { requestId: id, fingerprint, outcome: 'failed', ...failure } };
}

function appliedReceipt({ id, fingerprint, subject }: ReceiptSubject, version: number): Receipt {
  return { subject, data: { requestId: id, fingerprint, outcome: 'applied', version } };
}

function quarantineReason({ reason }: Extract<CommitOutcome, { readonly kind: 'quarantined' }>): string {
  return reason === 'other_fingerprint' ? FINGERPRINT_CONFLICT : reason;
}
