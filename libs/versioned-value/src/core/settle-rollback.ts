import type { RollbackPlan } from './plan-rollback';
import type { Version, VersionWrite } from './version';

/** How a rollback ended. */
export type RollbackOutcome =
  | { readonly outcome: 'rolled_back'; readonly version: Version }
  | Exclude<RollbackPlan, { readonly outcome: 'put' }>;

/**
 * Judges the conditional put of a planned rollback.
 *
 * A refusal by an item with this request's id is success: the reply of an earlier try was lost. A
 * rollback never moves to another number; a refusal by anybody else is final.
 */
export function settleRollback(planned: Version, write: VersionWrite): RollbackOutcome {
  if (write.outcome === 'stored') return { outcome: 'rolled_back', version: planned };
  if (write.stored?.requestId === planned.requestId)
    return { outcome: 'already_applied', version: write.stored };
  return { outcome: 'precondition_failed', headNumber: write.stored?.number ?? planned.number };
}
