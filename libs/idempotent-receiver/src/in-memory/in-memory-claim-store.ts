import { canonicalJson } from '../core/canonical-json';
import type { Claim, ClaimStore, ClaimWrite } from '../core/claim';

/**
 * Claims in a map: the reference of the port, and the test double of everybody who needs one.
 *
 * It forgets nothing by itself: a store that deletes expired claims does so some time later or never,
 * so `sweep` is a step of its own that a test takes when it wants to.
 */
export class InMemoryClaimStore<D> implements ClaimStore<D> {
  private readonly claims = new Map<string, Claim<D>>();

  async putIfAbsent(claim: Claim<D>): Promise<ClaimWrite<D>> {
    const stored = this.claims.get(claim.requestId);
    if (stored) return { outcome: 'refused', stored };
    this.claims.set(claim.requestId, claim);
    return { outcome: 'stored' };
  }

  async read(requestId: string): Promise<Claim<D> | undefined> {
    return this.claims.get(requestId);
  }

  async replace({ from, to }: { readonly from: Claim<D>; readonly to: Claim<D> }): Promise<ClaimWrite<D>> {
    const stored = this.claims.get(from.requestId);
    if (!stored) return { outcome: 'refused' };
    if (!isUnchanged(stored, from)) return { outcome: 'refused', stored };
    this.claims.set(to.requestId, to);
    return { outcome: 'stored' };
  }

  /** Deletes every claim that expired at `nowEpochSeconds` or before. @returns how many. */
  sweep(nowEpochSeconds: number): number {
    const expired = [...this.claims.values()].filter(
      (claim) => claim.expiresAtEpochSeconds <= nowEpochSeconds,
    );
    for (const claim of expired) this.claims.delete(claim.requestId);
    return expired.length;
  }
}

function isUnchanged<D>(stored: Claim<D>, from: Claim<D>): boolean {
  return stored.token === from.token && canonicalJson(stored.decision) === canonicalJson(from.decision);
}
