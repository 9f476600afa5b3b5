import { claimExpiry } from '@latido/idempotent-receiver';
import type { Version } from '@latido/versioned-value';
import { type CommitEvent, requestIdOf } from '../commit-event';
import type { CommitDecision } from '../decision';
import type { Operation } from '../operation';
import { MERGE_UNORDERED } from '../outcome';
import { judge } from './judge';
import { readHead } from './read-head';
import { done, type Step, type StepContext } from './step';

/**
 * Claims the event: the version after the head, or the rejection of invalid data or of a merge in
 * Lamport order, if nothing is decided yet. One trip.
 *
 * A cold subject, and one with a recent conflict, has its head read first. The only condition is that
 * no claim is there; an expired one that the store has not deleted yet counts.
 */
export async function claim(context: StepContext, { event, token }: Operation): Promise<Step> {
  const rejected = rejectionOf(context, event);
  const head = rejected === undefined ? await knownHead(context, event.subject) : undefined;
  const claim = {
    requestId: requestIdOf(event),
    fingerprint: event.fingerprint,
    token,
    expiresAtEpochSeconds: expiryOf(context, event),
  };
  const decision = decide(event.subject, { rejected, head });
  const write = await context.claims.putIfAbsent({ ...claim, decision });
  if (write.outcome === 'refused') return judge({ event, token }, write.stored);
  if ('rejected' in decision) return done({ kind: 'rejected', reason: decision.rejected, certain: true });
  return { step: 'apply', claim: { ...claim, decision }, previous: head };
}

/** A merge builds on whatever came before it, so it has no result that is the same in every order of arrival. */
function rejectionOf({ options }: StepContext, { invalid, operation }: CommitEvent): string | undefined {
  return options.ordering === 'lamport' && operation?.kind === 'merge' ? MERGE_UNORDERED : invalid;
}

function decide(
  subject: string,
  { rejected, head }: { readonly rejected: string | undefined; readonly head: Version | undefined },
): CommitDecision {
  return rejected === undefined ? { subject, version: (head?.number ?? 0) + 1 } : { subject, rejected };
}

async function knownHead(context: StepContext, subject: string): Promise<Version | undefined> {
  const { heads, conflicts } = context.memory;
  const nowMs = context.now();
  const cached = conflicts.has(subject, nowMs) ? undefined : heads.get(subject, nowMs);
  return cached ?? readHead(context, subject);
}

function expiryOf(context: StepContext, event: CommitEvent): number {
  return claimExpiry({
    nowMs: context.now(),
    eventTimeMs: event.timeMs,
    horizonMs: context.options.dedupHorizonMs,
  });
}
