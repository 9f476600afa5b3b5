import { DEFAULT_HORIZON_MS } from '@latido/idempotent-receiver';

const HOUR_MS = 60 * 60 * 1000;

/** Numbers of the commit protocol. Every replica of a service must use the same horizon and value bound. */
export interface CommitOptions {
  /**
   * What the versions of a subject follow, and what a failed event does to the later ones of its subject
   * in the batch.
   *
   * - `arrival`: the order of arrival. A failed event lets the later ones go on.
   * - `fifo`: the order of arrival. A failed event gives the later ones back, so that nothing overtakes.
   * - `lamport`: the total order of Lamport time, source, epoch and RequestID. A late event gets a
   *   version that keeps the content before it and says so (`supersededBy`); so every order of arrival
   *   ends in the same content. Put and delete only: a merge is rejected with `merge_unordered`.
   */
  readonly ordering: 'arrival' | 'fifo' | 'lamport';
  /** How far back a copy is still recognised; older events are quarantined. */
  readonly dedupHorizonMs: number;
  /** Largest value of a version in bytes of JSON; a DynamoDB item holds 400 KB with everything else. */
  readonly maxValueBytes: number;
  /** Heads remembered. A miss costs one read unit and one trip. */
  readonly maxCachedHeads: number;
  /** Characters of JSON in the remembered heads together: about twice as many bytes of memory. */
  readonly maxCachedCharacters: number;
  /** Age at which a head is forgotten; see {@link HeadCache}. */
  readonly headMaxAgeMs: number;
  /** Events remembered as applied; a copy of one of them costs nothing. About 150 bytes each. */
  readonly maxSeenEvents: number;
  /** How long after a conflict a subject's head is read before its claim. */
  readonly conflictMemoryMs: number;
  /**
   * Steps one event may take before it is given back. Without conflicts it takes two; each conflict
   * adds two or three, so this is about ten lost races in a row.
   */
  readonly maxSteps: number;
}

export const DEFAULT_COMMIT_OPTIONS: CommitOptions = {
  ordering: 'arrival',
  dedupHorizonMs: DEFAULT_HORIZON_MS,
  maxValueBytes: 380 * 1024,
  maxCachedHeads: 10_000,
  maxCachedCharacters: 32 * 1024 * 1024,
  headMaxAgeMs: HOUR_MS,
  maxSeenEvents: 50_000,
  conflictMemoryMs: 60_000,
  maxSteps: 32,
};
