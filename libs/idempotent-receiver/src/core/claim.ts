/**
 * One request, claimed once: the row of the IdempotencyTable.
 *
 * It holds what was *decided* for the request, never its result: the decision says where the result is.
 *
 * @typeParam D - the decision: a plain JSON object.
 */
export interface Claim<D> {
  /** `event#<id>` for a message, `http#<key>` for a command. */
  readonly requestId: string;
  /** SHA-256 in hex of what was asked; another fingerprint under the same id is a conflict. */
  readonly fingerprint: string;
  /** Fresh for each logical write and the same over its retries: tells own success after a lost reply. */
  readonly token: string;
  readonly decision: D;
  /** When the store may forget it, in seconds since 1970; an expired claim that is still there counts. */
  readonly expiresAtEpochSeconds: number;
}

/** What a conditional write of a claim met. `stored` is the claim that refused it; absent when it has gone since. */
export type ClaimWrite<D> =
  { readonly outcome: 'stored' } | { readonly outcome: 'refused'; readonly stored?: Claim<D> };

/** Port: where claims are kept. Every call is one trip; every read is strongly consistent. */
export interface ClaimStore<D> {
  /** Puts the claim if its request id is not there, and on no other condition (expiry is not looked at). */
  putIfAbsent(claim: Claim<D>): Promise<ClaimWrite<D>>;

  read(requestId: string): Promise<Claim<D> | undefined>;

  /**
   * Compare-and-swap: stores `to` where the claim still has `from`'s token and decision.
   * Both name the same request.
   */
  replace(swap: { readonly from: Claim<D>; readonly to: Claim<D> }): Promise<ClaimWrite<D>>;
}
