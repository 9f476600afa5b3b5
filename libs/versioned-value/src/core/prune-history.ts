import { tombstoneOf } from './tombstone-of';
import type { Version, VersionStore } from './version';

export interface PruneInput {
  readonly store: VersionStore;
  readonly subject: string;
  /** How many of the newest versions keep their value: at least 1, because the head is never pruned. */
  readonly keep: number;
  readonly nowMs: number;
  /** How long a key must still answer; the dedup horizon of the claims. */
  readonly horizonMs: number;
  /** Bounds one run, so that a long history does not hold its caller up. @defaultValue 1,000 */
  readonly maxPruned?: number;
}

export interface PruneResult {
  readonly pruned: number;
  /** The bound was reached before the end: call again. */
  readonly more: boolean;
}

/** `keep` is not a whole number of at least 1: retention would take the head. */
export class InvalidRetentionError extends Error {
  override readonly name = 'InvalidRetentionError';
  readonly code = 'invalid_retention';

  constructor(readonly keep: number) {
    super(`cannot keep ${keep} versions: keep a whole number of at least 1, the head is never pruned`);
  }
}

/**
 * Takes the values of all but the newest `keep` versions and leaves tombstones, oldest first.
 *
 *     tombstones (some expired) | values to take | values to keep ... head
 *                 finds this end ^   one read and one write each
 *
 * Oldest first is what makes it restart where it stopped, and what the search in the past relies on.
 * Several at once do no harm: a tombstone replaces only a version that still has its value.
 *
 * The head stays: the next version is computed from it. The keys stay for a horizon: an event that is
 * delivered again looks its version up there, and a slot that became free would take it a second time.
 *
 * @throws {@link InvalidRetentionError} unless `keep` is a whole number of at least 1.
 */
export async function pruneHistory(input: PruneInput): Promise<PruneResult> {
  const { store, subject, keep, maxPruned = 1000 } = input;
  if (!Number.isSafeInteger(keep) || keep < 1) throw new InvalidRetentionError(keep);
  const head = await store.readHead(subject);
  const lastToPrune = (head?.number ?? 0) - keep;
  if (lastToPrune < 1) return { pruned: 0, more: false };
  const first = await firstWithValue(store, subject, lastToPrune);
  const last = Math.min(lastToPrune, first + maxPruned - 1);
  for (let number = first; number <= last; number += 1) {
    const version = await store.read(subject, number);
    if (hasValue(version)) await store.prune(tombstoneOf(version, input));
  }
  return { pruned: last - first + 1, more: last < lastToPrune };
}

/** Halves between the tombstones and the values; one above `upTo` when all are tombstones already. */
async function firstWithValue(store: VersionStore, subject: string, upTo: number): Promise<number> {
  let low = 0;
  let high = upTo + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (hasValue(await store.read(subject, middle))) high = middle;
    else low = middle;
  }
  return high;
}

function hasValue(version: Version | undefined): version is Version {
  return version !== undefined && version.content.kind !== 'pruned';
}
