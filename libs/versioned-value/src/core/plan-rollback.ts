import { timesAfter } from './next-version';
import type { Version } from './version';

/** What has been read, and what is asked. See {@link planRollback}. */
export interface RollbackInput {
  /** Strong read of the head, made after the request's claim where it has one. */
  readonly head: Version | undefined;
  /** The version number that the caller saw as current. */
  readonly ifMatch: number;
  readonly toVersion: number;
  /** Version `ifMatch + 1`: needed when the head is above `ifMatch`. */
  readonly successor: Version | undefined;
  /** Version `toVersion`: needed when the head is `ifMatch`. */
  readonly target: Version | undefined;
  readonly requestId: string;
  readonly token: string;
  /** A Lamport time above the head's clock. */
  readonly lamport: number;
  readonly nowMs: number;
}

export type RollbackPlan =
  /** Log it, then put this version if absent, and judge the answer by {@link settleRollback}. */
  | { readonly outcome: 'put'; readonly version: Version }
  /** This very request made version `ifMatch + 1` before: success (200). */
  | { readonly outcome: 'already_applied'; readonly version: Version }
  /** Somebody was faster, or `ifMatch` is ahead of the head (412). */
  | { readonly outcome: 'precondition_failed'; readonly headNumber: number }
  /** Retention has removed the value to go back to (410). */
  | { readonly outcome: 'target_pruned' }
  /** The target is ahead of the head, or not a version number (404). */
  | { readonly outcome: 'target_absent' }
  | { readonly outcome: 'subject_absent' };

/**
 * Decides a rollback: a *new* version with the content of an old one, on the condition that the head
 * is still the one the caller saw.
 *
 *     head > ifMatch   version ifMatch + 1 is mine: already applied; another's: precondition failed
 *     head < ifMatch   precondition failed
 *     head = ifMatch   put ifMatch + 1 with the target's content
 *
 * The retry of a rollback that happened finds its own version, also when others have written since
 * or the target was pruned since; that is why the head is judged before the target.
 */
export function planRollback(input: RollbackInput): RollbackPlan {
  const { head, ifMatch, target, toVersion } = input;
  if (!head) return { outcome: 'subject_absent' };
  if (head.number > ifMatch && input.successor?.requestId === input.requestId)
    return { outcome: 'already_applied', version: input.successor };
  if (head.number !== ifMatch) return { outcome: 'precondition_failed', headNumber: head.number };
  if (!(toVersion >= 1 && toVersion <= head.number)) return { outcome: 'target_absent' };
  // Below the head and not there: its tombstone has expired.
  if (!target || target.content.kind === 'pruned') return { outcome: 'target_pruned' };
  return { outcome: 'put', version: restored(input, { head, target }) };
}

function restored(input: RollbackInput, { head, target }: { head: Version; target: Version }): Version {
  return {
    subject: head.subject,
    number: head.number + 1,
    content: target.content,
    requestId: input.requestId,
    token: input.token,
    cause: { kind: 'rollback', toVersion: target.number },
    checksum: target.checksum,
    lamport: input.lamport,
    ...timesAfter({ previous: head, lamport: input.lamport, nowMs: input.nowMs }),
  };
}
