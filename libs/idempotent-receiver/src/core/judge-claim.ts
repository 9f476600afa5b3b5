import type { Claim } from './claim';

/** What a claim that is already there means to somebody who wants to put one. See {@link judgeClaim}. */
export type ClaimVerdict = 'mine' | 'duplicate' | 'conflict';

/**
 * Judges the claim that refused mine.
 *
 *     other fingerprint          conflict   the id was used for something else: never silent
 *     same, same token           mine       my own write succeeded and its reply was lost
 *     same, other token          duplicate  somebody decided this request before me
 *
 * The fingerprint is looked at first: a token says who wrote, only the fingerprint says what was asked.
 * `mine` does not mean that the decision is mine: somebody may have moved the claim since, so go on
 * with the *stored* decision, always.
 *
 * @example
 * judgeClaim({ fingerprint: 'f1', token: 't1' }, { fingerprint: 'f1', token: 't2' }); // => 'duplicate'
 */
export function judgeClaim(
  mine: Pick<Claim<unknown>, 'fingerprint' | 'token'>,
  stored: Pick<Claim<unknown>, 'fingerprint' | 'token'>,
): ClaimVerdict {
  if (stored.fingerprint !== mine.fingerprint) return 'conflict';
  return stored.token === mine.token ? 'mine' : 'duplicate';
}
