import { canonicalJson } from './canonical-json';
import type { Claim, ClaimStore } from './claim';
import { claimExpiry, DEFAULT_HORIZON_MS } from './horizon';
import { type ClaimVerdict, judgeClaim } from './judge-claim';

/** What an {@link IdempotentReceiver} needs from outside. */
export interface IdempotentReceiverOptions<D> {
  readonly store: ClaimStore<D>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A text that no other call ever gets, for example a random UUID. */
  readonly newToken: () => string;
  /** How far back a copy is still recognised. @defaultValue {@link DEFAULT_HORIZON_MS}, 45 days */
  readonly horizonMs?: number;
  /**
   * How often a claim is put again when the one that refused it has gone in between. Once is a store
   * that swept just then; more is a store that forgets. @defaultValue 3
   */
  readonly maxPuts?: number;
}

/** One request to receive once. */
export interface ReceiveRequest<D> {
  readonly requestId: string;
  /** See {@link fingerprintOf}. */
  readonly fingerprint: string;
  /** What to do with it, asked before the claim is put; it must have no effect of its own. */
  readonly decide: () => D | Promise<D>;
  /** Give the same one again when a try ended without an answer. @defaultValue a new token */
  readonly token?: string;
  /** When the sender says it happened; its claim must outlive it by the horizon. @defaultValue now */
  readonly eventTimeMs?: number;
}

/**
 * What became of a request. `claim` is the stored one, and *its* decision is the one to act on,
 * whoever made it.
 *
 *     claimed     first to come: do it
 *     recovered   my own claim, its reply was lost: do it, unless it is done
 *     duplicate   decided before: do it only if it is not done yet, answer the same
 *     conflict    the id was used for another request: refuse, never silently
 */
export interface Reception<D> {
  readonly outcome: 'claimed' | 'recovered' | 'duplicate' | 'conflict';
  readonly claim: Claim<D>;
}

/** What became of a move. `stored` is the claim that is there instead; absent when it has gone. */
export type Move<D> =
  | { readonly outcome: 'moved'; readonly claim: Claim<D> }
  | { readonly outcome: 'refused'; readonly stored?: Claim<D> };

/** The store refuses a claim and then has none: it forgets faster than it may. */
export class ClaimUnstableError extends Error {
  override readonly name = 'ClaimUnstableError';
  readonly code = 'claim_unstable';

  constructor(
    readonly requestId: string,
    readonly puts: number,
  ) {
    super(
      `the claim of ${requestId} was refused ${puts} times by one that had gone since; ` +
        'check what deletes claims before they expire',
    );
  }
}

const OUTCOME_BY_VERDICT: Readonly<Record<ClaimVerdict, Reception<unknown>['outcome']>> = {
  mine: 'recovered',
  duplicate: 'duplicate',
  conflict: 'conflict',
};

/**
 * Receives each request once: the first to come claims its id together with what was decided for it,
 * and every copy is told that decision.
 *
 * Whether the decision was *carried out* is not stored here: look at the place it names (a version, an
 * outbox entry), and carry it out in a way that may be repeated. A receiver that stores "done" after
 * the effect does the effect twice when it dies in between; one that stores it before, never.
 *
 * @typeParam D - the decision: a plain JSON object, small; it names the result, it is not the result.
 * @see Joshi, Patterns of Distributed Systems (2023), "Idempotent Receiver".
 */
export class IdempotentReceiver<D> {
  private readonly horizonMs: number;
  private readonly maxPuts: number;

  constructor(private readonly options: IdempotentReceiverOptions<D>) {
    this.horizonMs = options.horizonMs ?? DEFAULT_HORIZON_MS;
    this.maxPuts = options.maxPuts ?? 3;
  }

  /**
   * Claims a request, or tells what was decided before. One trip for a new request.
   * @throws {@link ClaimUnstableError} when the store keeps no claim it refuses with.
   */
  async receive(request: ReceiveRequest<D>): Promise<Reception<D>> {
    const claim = await this.claimOf(request);
    for (let puts = 0; puts < this.maxPuts; puts += 1) {
      const write = await this.options.store.putIfAbsent(claim);
      if (write.outcome === 'stored') return { outcome: 'claimed', claim };
      if (write.stored)
        return { outcome: OUTCOME_BY_VERDICT[judgeClaim(claim, write.stored)], claim: write.stored };
    }
    throw new ClaimUnstableError(claim.requestId, this.maxPuts);
  }

  /**
   * Replaces the decision of a claim that is still as it was seen. One trip.
   *
   * Refused means that somebody moved it first: go on with the *stored* decision; applying the own
   * one would do the request twice.
   */
  async move(swap: {
    readonly from: Claim<D>;
    readonly decision: D;
    readonly token?: string;
  }): Promise<Move<D>> {
    const { from, decision, token = from.token } = swap;
    const to = { ...from, decision, token };
    const write = await this.options.store.replace({ from, to });
    if (write.outcome === 'stored') return { outcome: 'moved', claim: to };
    // The reply of an earlier try was lost, or somebody moved it to the same place: the same to us.
    if (write.stored && isSame(write.stored, to)) return { outcome: 'moved', claim: write.stored };
    return write;
  }

  private async claimOf(request: ReceiveRequest<D>): Promise<Claim<D>> {
    const { requestId, fingerprint, token = this.options.newToken() } = request;
    const nowMs = this.options.now();
    const decision = await request.decide();
    const expiresAtEpochSeconds = claimExpiry({
      nowMs,
      eventTimeMs: request.eventTimeMs ?? nowMs,
      horizonMs: this.horizonMs,
    });
    return { requestId, fingerprint, token, decision, expiresAtEpochSeconds };
  }
}

function isSame<D>(a: Claim<D>, b: Claim<D>): boolean {
  return a.token === b.token && canonicalJson(a.decision) === canonicalJson(b.decision);
}
