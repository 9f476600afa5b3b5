import type { CommitOutcome } from '@latido/event-commit';
import { type DeadLetterDisposition, MAX_RECEIVES_REASON, type ReceivedMessage } from '@latido/messaging';
import { failedReceipt, type Receipt, receiptOf } from '../receipts/receipt';
import type { Understood } from './understand';

/**
 * What is to become of a message.
 *
 *     settle      receipt, then acknowledge
 *     bury        dead letter, then receipt (where there is somebody to tell), then delete
 *     give_back   nothing is known: no receipt, the message comes again
 */
export type Verdict =
  { readonly kind: 'settle'; readonly receipt: Receipt } | Burial | { readonly kind: 'give_back' };

interface Burial {
  readonly kind: 'bury';
  readonly disposition: DeadLetterDisposition;
  readonly receipt?: Receipt;
}

type UnderstoodEvent = Extract<Understood, { readonly kind: 'event' }>;

/** Judges a message that never reached the commit protocol. What is not understood is never certain. */
export function verdictOfPoison(poison: Exclude<Understood, UnderstoodEvent>): Burial {
  const { kind, reason, detail } = poison;
  if (kind === 'unreadable') return { kind: 'bury', disposition: { kind: 'deadLetter', reason, detail } };
  const { id, subject } = poison.envelope;
  const { fingerprint } = poison;
  return buried(failedReceipt({ id, subject, fingerprint }, { reason, certain: false }), detail);
}

/**
 * Judges an event by what the commit protocol did with it.
 *
 * | outcome                    | receipt           | message                 |
 * |----------------------------|-------------------|-------------------------|
 * | applied, moved, duplicate  | applied           | acknowledge             |
 * | rejected: data is invalid  | failed, certain   | dead letter with reason |
 * | rejected: value too large  | failed, certain   | acknowledge             |
 * | quarantined                | failed, uncertain | dead letter with reason |
 * | failed                     | none              | give back               |
 */
export function verdictOfOutcome({ event, detail }: UnderstoodEvent, outcome: CommitOutcome): Verdict {
  const receipt = receiptOf(event, outcome);
  if (!receipt) return { kind: 'give_back' };
  const isRefused = outcome.kind === 'quarantined' || outcome.kind === 'rejected';
  const isPoison = outcome.kind === 'quarantined' || event.invalid !== undefined;
  return isRefused && isPoison ? buried(receipt, detail) : { kind: 'settle', receipt };
}

/** Judges a message that was received too often. What became of it is not known: a redrive may still apply it. */
export function verdictOfWornOut(
  understood: Understood,
  { receiveCount }: Pick<ReceivedMessage, 'receiveCount'>,
): Burial {
  if (understood.kind !== 'event') return verdictOfPoison(understood);
  const failure = { reason: MAX_RECEIVES_REASON, certain: false };
  return buried(failedReceipt(understood.event, failure), `received ${receiveCount} times and not settled`);
}

function buried(receipt: Receipt, detail: string | undefined): Burial {
  const { requestId, reason = 'failed' } = receipt.data;
  const disposition = {
    kind: 'deadLetter',
    reason,
    requestId,
    ...(detail !== undefined && { detail }),
  } as const;
  return { kind: 'bury', disposition, receipt };
}
