import type { Backoff } from '../time/backoff';

/** Numbers of a consumer. Each has a default that is safe; the README says how to choose. */
export interface ConsumerOptions {
  /** Messages a receive asks for; 1 to 10. */
  readonly batchSize: number;
  /** How long a message is hidden at a time; extended while its handler runs. Also how long a crash delays it. */
  readonly visibilitySeconds: number;
  /** How long a poll waits for a first message, 1 to 20. */
  readonly waitSeconds: number;
  /**
   * Pause of a poller after a batch that was not full, so that the next one is fuller: a steady trickle costs fewer
   * requests and waits this much longer. After a full batch, and after none, there is no pause.
   */
  readonly gatherMs: number;
  /** A handler that runs longer has lost its messages: they are given back, and what it answers later is ignored. */
  readonly handlerTimeoutMs: number;
  /** Delay of a message given back without one, by its deliveries. */
  readonly giveBackBackoff: Backoff;
  /** Pause of the pollers after failed receives or failed handlers, by failures in a row. */
  readonly failureBackoff: Backoff;
  /** Tries of a delete, on top of the SDK's own. A delete that fails means a duplicate later. */
  readonly deleteAttempts: number;
}

export const DEFAULT_CONSUMER_OPTIONS: ConsumerOptions = {
  batchSize: 10,
  visibilitySeconds: 30,
  waitSeconds: 5,
  gatherMs: 0,
  handlerTimeoutMs: 300_000,
  giveBackBackoff: { baseMs: 1_000, maxMs: 60_000 },
  failureBackoff: { baseMs: 200, maxMs: 10_000 },
  deleteAttempts: 3,
};
