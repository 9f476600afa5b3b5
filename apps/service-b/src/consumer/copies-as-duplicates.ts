import type { CommitOutcome } from '@latido/event-commit';
import type { Understood } from './understand';

type UnderstoodEvent = Extract<Understood, { readonly kind: 'event' }>;

/**
 * Counts only the first of several copies in one batch as applied; the protocol answers all of them with the outcome
 * of the one that it committed.
 */
export function copiesAsDuplicates(committed: {
  readonly events: readonly UnderstoodEvent[];
  readonly outcomes: readonly CommitOutcome[];
}): readonly CommitOutcome[] {
  const seen = new Set<string>();
  return committed.outcomes.map((outcome, i) => {
    const { id = '', fingerprint = '' } = committed.events[i]?.event ?? {};
    const identity = `${fingerprint} ${id}`;
    const isCopy = seen.has(identity);
    seen.add(identity);
    const isApplied = outcome.kind === 'applied' || outcome.kind === 'moved';
    return isCopy && isApplied ? { kind: 'duplicate', version: outcome.version } : outcome;
  });
}
