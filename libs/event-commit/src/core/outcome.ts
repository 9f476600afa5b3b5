/**
 * What became of one delivery. All but `failed` are final and may be acknowledged, after the receipt.
 *
 * | kind          | the state             | receipt            | message            |
 * |---------------|-----------------------|--------------------|--------------------|
 * | `applied`     | changed, by this call | applied            | delete             |
 * | `moved`       | changed, by this call | applied            | delete             |
 * | `duplicate`   | had changed before    | applied, again     | delete             |
 * | `rejected`    | will never change     | failed, certain    | delete             |
 * | `quarantined` | not changed by this   | failed, uncertain  | dead-letter queue  |
 * | `failed`      | not known             | none               | give back          |
 */
export type CommitOutcome =
  | { readonly kind: 'applied'; readonly version: number }
  /** Applied after its first slot had been taken by another event: a conflict between replicas. */
  | { readonly kind: 'moved'; readonly version: number }
  | { readonly kind: 'duplicate'; readonly version: number }
  /** Stored in the claim: every later copy gets the same answer. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly certain: true }
  | { readonly kind: 'quarantined'; readonly reason: QuarantineReason }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * - `other_fingerprint`: the id belongs to another event already.
 * - `beyond_horizon`: older than the claims that could tell whether it was applied.
 * - `too_large_to_log`: no segment of the log can hold it, so it must not be applied.
 */
type QuarantineReason = 'other_fingerprint' | 'beyond_horizon' | 'too_large_to_log';

/** Reason of a certain rejection: the value would not fit into one item of the table. */
export const VALUE_TOO_LARGE = 'value_too_large';

/** Reason of a certain rejection: a merge, where versions follow Lamport order. */
export const MERGE_UNORDERED = 'merge_unordered';
