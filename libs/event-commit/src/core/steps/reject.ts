import type { VersionClaim } from '../decision';
import type { Operation } from '../operation';
import { judge } from './judge';
import { done, type Step, type StepContext } from './step';

/**
 * Swaps a claim from its version to a rejection, so that every later copy answers the same. Two trips.
 *
 * The slot is looked at first. If it is taken, the value was judged against a stale head and may fit on
 * the real one: go on as with every taken slot. A refused swap means that somebody
 * moved or rejected the claim first: the stored claim rules.
 */
export async function reject(
  context: StepContext,
  operation: Operation,
  { claim, reason }: { readonly claim: VersionClaim; readonly reason: string },
): Promise<Step> {
  const { subject, version: slot } = claim.decision;
  if (await context.versions.read(subject, slot)) return { step: 'inspect', claim };
  const to = { ...claim, token: operation.token, decision: { subject, rejected: reason } };
  const swap = await context.claims.replace({ from: claim, to });
  if (swap.outcome === 'refused') return judge(operation, swap.stored);
  return done({ kind: 'rejected', reason, certain: true });
}
