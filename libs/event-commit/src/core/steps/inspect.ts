import { requestIdOf } from '../commit-event';
import type { VersionClaim } from '../decision';
import type { Operation } from '../operation';
import { done, type Step, type StepContext } from './step';

/**
 * Looks at the version a stored claim names, by a strong read, before anything is computed for it. One trip.
 *
 *     made by this event    done: a copy, or my own write of before
 *     made by another       the slot is taken: move
 *     absent                apply there; where the predecessor's value is gone too, the slot was taken
 *                           and has expired: move
 *
 * Computing first would fail on a pruned predecessor, or worse, apply an event that is applied already.
 */
export async function inspect(
  context: StepContext,
  operation: Operation,
  { claim, predecessorGone }: { readonly claim: VersionClaim; readonly predecessorGone?: true },
): Promise<Step> {
  const { event, token } = operation;
  const { subject, version: number } = claim.decision;
  const version = await context.versions.read(subject, number);
  if (version) context.memory.heads.raise(version, context.now());
  if (version?.requestId === requestIdOf(event)) {
    context.memory.seen.note(event, version);
    return done({ kind: version.token === token ? 'applied' : 'duplicate', version: number });
  }
  return (version ?? predecessorGone) ? { step: 'move', claim } : { step: 'apply', claim };
}
