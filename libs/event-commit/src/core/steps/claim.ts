import { claimExpiry } from '@latido/idempotent-receiver';
import type { Version } from '@latido/versioned-value';
import { type CommitEvent, requestIdOf } from '../commit-event';
import type { CommitDecision } from '../decision';
import type { Operation } from '../operation';
import { judge } from './judge';
import { readHead } from './read-head';
import { done, type Step, type StepContext } from './step';

/**
 * Claims the event: the version after the head, or the rejection of invalid data, if nothing is decided yet. One trip.
 *
 * A cold subject, and one with a recent conflict, has its head read first. The only condition is that
 * no claim is there; an expired one that the store has not deleted yet counts.
 */
export async function claim(context: StepContext, { event, token }: Operation): Promise<Step> {
  const head = event.invalid === undefined ? await knownHead(context, event.subject) : undefined;
  const claim = {
    requestId: requestIdOf(event),
    fingerprint: event.fingerprint,
    token,
    expiresAtEpochSeconds: expiryOf(context, event),
  };
  const decision = decide(event, head);
  const write = await context.claims.putIfAbsent({ ...claim, decision });
  if (write.outcome === 'refused') return judge({ event, token }, write.stored);
  if ('rejected' in decision) return done({ kind: 'rejected', reason: decision.rejected, certain: true });
  return { step: 'apply', claim: { ...claim, decision }, previous: head };
}

function decide({ subject, invalid }: CommitEvent, head: Version | undefined): CommitDecision {
  return invalid === undefined
    ? { subject, version: (head?.number ?? 0) + 1 }
    : { subject, rejected: invalid };
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
