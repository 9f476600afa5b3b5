import type { CommitEvent } from './commit-event';

/** A batch without its copies. `leaderOf[i]` is the leader that answers for delivery `i`. */
export interface FoldedBatch {
  readonly leaders: readonly CommitEvent[];
  readonly leaderOf: readonly CommitEvent[];
}

/**
 * Folds the copies inside one batch: the first delivery with an id *and* a fingerprint leads all of them.
 *
 * The same id with another fingerprint is not a copy. It stays, and is judged by its own claim.
 *
 *     batch     a/f1  b/f2  a/f1  a/f3
 *     leaderOf  a/f1  b/f2  a/f1  a/f3      leaders  a/f1  b/f2  a/f3
 *               ^ the first one   ^ not a copy
 */
export function foldCopies(events: readonly CommitEvent[]): FoldedBatch {
  const leaders = new Map<string, CommitEvent>();
  const leaderOf = events.map((event) => {
    const identity = `${event.fingerprint} ${event.id}`;
    const leader = leaders.get(identity) ?? event;
    leaders.set(identity, leader);
    return leader;
  });
  return { leaders: [...leaders.values()], leaderOf };
}
