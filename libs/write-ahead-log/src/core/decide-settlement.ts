import type { OutboxEntry } from './outbox-entry';
import type { Receipt } from './receipt';

/** What to do with a receipt: store the entry it leads to, or ignore it and why. */
export type SettlementDecision =
  | { readonly decision: 'store'; readonly entry: OutboxEntry }
  | { readonly decision: 'ignore'; readonly why: 'other_fingerprint' | 'already_settled' };

/**
 * Judges a receipt against its entry. Pure.
 *
 *                     entry: pending   failed, uncertain   failed, certain   complete
 *     complete               complete  complete            complete          ignored
 *     failed, certain        failed    failed, certain     ignored           ignored
 *     failed, uncertain      failed    ignored             ignored           ignored
 *
 * Receipts come late, twice and out of order; this table gives the same end for each order of them. Only
 * knowledge is added: `complete` absorbs everything, and certain is more than uncertain.
 *
 * A receipt for another fingerprint speaks of an impostor that was quarantined: the original may still be applied.
 */
export function decideSettlement(entry: OutboxEntry, receipt: Receipt, nowMs: number): SettlementDecision {
  if (receipt.fingerprint !== entry.fingerprint) return { decision: 'ignore', why: 'other_fingerprint' };
  if (knowledgeOfReceipt(receipt) <= knowledgeOfEntry(entry))
    return { decision: 'ignore', why: 'already_settled' };
  const { certain: _certain, reason: _reason, ...open } = entry;
  const settled = { ...open, revision: entry.revision + 1, settledAtMs: nowMs };
  return {
    decision: 'store',
    entry:
      receipt.result === 'complete'
        ? { ...settled, status: 'complete', version: receipt.version }
        : { ...settled, status: 'failed', certain: receipt.certain, reason: receipt.reason },
  };
}

const PENDING = 0;
const FAILED = 1;
const FAILED_FOR_CERTAIN = 2;
const COMPLETE = 3;

function knowledgeOfEntry(entry: OutboxEntry): number {
  if (entry.status === 'complete') return COMPLETE;
  if (entry.status === 'pending') return PENDING;
  return entry.certain === true ? FAILED_FOR_CERTAIN : FAILED;
}

function knowledgeOfReceipt(receipt: Receipt): number {
  if (receipt.result === 'complete') return COMPLETE;
  return receipt.certain ? FAILED_FOR_CERTAIN : FAILED;
}
