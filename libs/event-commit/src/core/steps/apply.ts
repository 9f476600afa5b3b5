import { nextVersion, type Version } from '@latido/versioned-value';
import { requestIdOf, type ValidEvent } from '../commit-event';
import type { VersionClaim } from '../decision';
import { UnreadableEventError } from '../errors';
import { VALUE_TOO_LARGE } from '../outcome';
import type { Operation } from '../operation';
import { supersededBy } from '../superseded-by';
import { done, type Step, type StepContext } from './step';

/**
 * Puts the version at the claimed number, if that slot is free. One trip, two where the predecessor must be read.
 *
 * Its value follows from the version before, which is immutable, so everybody who applies this claim
 * computes the same value. A slot that holds this event already is success; one that holds another
 * event makes this one move.
 */
export async function apply(
  context: StepContext,
  { event, token }: Operation,
  { claim, previous: known }: { readonly claim: VersionClaim; readonly previous?: Version | undefined },
): Promise<Step> {
  if (event.invalid !== undefined) throw new UnreadableEventError(event.id, event.invalid);
  const { subject, version: number } = claim.decision;
  const previous = known ?? (number > 1 ? await context.versions.read(subject, number - 1) : undefined);
  if (!previous && number > 1) return { step: 'inspect', claim, predecessorGone: true };
  const next = compute(context, event, { number, token, previous });
  if (next.outcome === 'predecessor_pruned') return { step: 'inspect', claim, predecessorGone: true };
  if (next.outcome === 'value_too_large') return { step: 'reject', claim, reason: VALUE_TOO_LARGE };
  return put(context, event, { claim, version: next.version });
}

function compute(
  context: StepContext,
  event: ValidEvent,
  slot: { readonly number: number; readonly token: string; readonly previous: Version | undefined },
): ReturnType<typeof nextVersion> {
  const { source, epoch, flagged, believedLamport } = event;
  const winner = context.options.ordering === 'lamport' ? supersededBy(event, slot.previous) : undefined;
  return nextVersion({
    ...slot,
    subject: event.subject,
    operation: event.operation,
    lamport: event.lamport,
    ...(believedLamport !== undefined && { believedLamport }),
    ...(winner && { supersededBy: winner }),
    nowMs: context.now(),
    requestId: requestIdOf(event),
    cause: { kind: 'event', source, epoch, ...(flagged && { flagged }) },
    sha256Hex: context.sha256Hex,
    maxValueBytes: context.options.maxValueBytes,
  });
}

async function put(
  context: StepContext,
  event: ValidEvent,
  { claim, version }: { readonly claim: VersionClaim; readonly version: Version },
): Promise<Step> {
  const write = await context.versions.putIfAbsent(version);
  const seen = write.outcome === 'stored' ? version : write.stored;
  if (seen) context.memory.heads.raise(seen, context.now());
  if (seen?.requestId !== version.requestId) return { step: 'move', claim };
  context.memory.seen.note(event, seen);
  return done({ kind: seen.token === version.token ? 'applied' : 'duplicate', version: seen.number });
}
