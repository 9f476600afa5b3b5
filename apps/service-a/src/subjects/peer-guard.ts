import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleAll,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import type { PeerAnswer } from './subject-reader';

export interface PeerGuardOptions {
  /** A call without an answer by then is given up; 1,000 ms. */
  readonly timeoutMs?: number;
  /** Failures in a row after which nobody is asked any more; 3. */
  readonly failuresToOpen?: number;
  /** How long nobody is asked then; after it one call tries again; 5,000 ms. */
  readonly openForMs?: number;
  /** Calls under way at once; more are refused at once; 50. */
  readonly maxConcurrent?: number;
}

/** States of the breaker, as readiness shows them. */
export type BreakerState = 'closed' | 'half_open' | 'open';

/**
 * Keeps a peer that is slow or away from making its callers slow or away.
 *
 *     closed --failures in a row--> open --openForMs--> half open --one success--> closed
 *                                     ^------- failure ----'
 */
export class PeerGuard {
  private readonly breaker;
  private readonly policy;

  constructor({
    timeoutMs = 1_000,
    failuresToOpen = 3,
    openForMs = 5_000,
    maxConcurrent = 50,
  }: PeerGuardOptions = {}) {
    this.breaker = circuitBreaker(handleAll, {
      halfOpenAfter: openForMs,
      breaker: new ConsecutiveBreaker(failuresToOpen),
    });
    // The bulkhead is outside: that we ask too much says nothing about the peer.
    this.policy = wrap(bulkhead(maxConcurrent), this.breaker, timeout(timeoutMs, TimeoutStrategy.Aggressive));
  }

  get state(): BreakerState {
    if (this.breaker.state === CircuitState.Closed) return 'closed';
    return this.breaker.state === CircuitState.HalfOpen ? 'half_open' : 'open';
  }

  /** Calls the peer, or says why not. Never throws. */
  async call(run: () => Promise<unknown>): Promise<PeerAnswer> {
    try {
      return { outcome: 'answered', answer: await this.policy.execute(run) };
    } catch (error) {
      if (error instanceof BulkheadRejectedError) return { outcome: 'refused', reason: 'overloaded' };
      if (error instanceof BrokenCircuitError) return { outcome: 'refused', reason: 'circuit_open' };
      if (error instanceof TaskCancelledError) return { outcome: 'refused', reason: 'timeout' };
      return { outcome: 'refused', reason: 'unreachable' };
    }
  }
}
