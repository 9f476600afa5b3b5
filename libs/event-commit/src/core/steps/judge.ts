import { type Claim, judgeClaim } from '@latido/idempotent-receiver';
import type { CommitDecision } from '../decision';
import type { Operation } from '../operation';
import { done, type Step } from './step';

/**
 * Judges the claim that refused a claim, a move or a rejection. Whatever I wanted to write, the *stored* claim rules.
 *
 *     absent               it expired in between: claim again, never apply without a claim
 *     other fingerprint    quarantine: the id was used for another event
 *     rejected             the same rejection
 *     names a version      look at that version first, whoever claimed it
 *
 * My own token means that my write succeeded and its reply was lost; somebody may have moved the
 * claim since, so that too goes on at the stored version.
 */
export function judge({ event, token }: Operation, stored: Claim<CommitDecision> | undefined): Step {
  if (!stored) return { step: 'claim' };
  const { decision } = stored;
  if (judgeClaim({ fingerprint: event.fingerprint, token }, stored) === 'conflict')
    return done({ kind: 'quarantined', reason: 'other_fingerprint' });
  if ('rejected' in decision) return done({ kind: 'rejected', reason: decision.rejected, certain: true });
  return { step: 'inspect', claim: { ...stored, decision } };
}
