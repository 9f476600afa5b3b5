import type { VersionClaim } from '../decision';
import type { Operation } from '../operation';
import { judge } from './judge';
import { readHead } from './read-head';
import type { Step, StepContext } from './step';

/**
 * Moves the claim away from a slot that another event has taken, by compare-and-swap, to max(head, slot) + 1. Two trips.
 *
 * Only a taken slot lets a claim go: no write that is still in flight can land there any more, so an
 * event can never land twice. A refused move means that somebody else moved (or rejected) it first;
 * the stored claim rules, and applying at the number of a refused move would double the event.
 */
export async function move(context: StepContext, operation: Operation, taken: VersionClaim): Promise<Step> {
  const { subject, version: slot } = taken.decision;
  context.memory.conflicts.note(subject, context.now());
  const head = await readHead(context, subject);
  const version = Math.max(head?.number ?? 0, slot) + 1;
  const claim: VersionClaim = { ...taken, token: operation.token, decision: { subject, version } };
  const swap = await context.claims.replace({ from: taken, to: claim });
  if (swap.outcome === 'refused') return judge(operation, swap.stored);
  return { step: 'apply', claim, ...(head?.number === version - 1 && { previous: head }) };
}
