import type { CommitEvent, CommitOptions, RollbackRequest } from '@latido/event-commit';

/** What one thread of a process does. */
export type ThreadScript =
  /** Handles batches of deliveries: commit, receipt, acknowledge. */
  | { readonly does: 'poll'; readonly batches: readonly (readonly CommitEvent[])[] }
  /** Takes over every slot that another process holds, recovers it, then handles what is still in the queue. */
  | { readonly does: 'take over' }
  /** Asks for a rollback, as often as told, with the same key. */
  | { readonly does: 'roll back'; readonly request: RollbackRequest; readonly tries: number }
  /** Takes the values of all but the newest `keep` versions. */
  | { readonly does: 'prune'; readonly subject: string; readonly keep: number };

export interface ProcessScript {
  readonly name: string;
  readonly isMortal?: boolean;
  readonly threads: readonly ThreadScript[];
}

/** A small case of everything that happens around the commit protocol. */
export interface CommitScenario {
  /** Applied, one after the other and without faults, before the processes start. */
  readonly before?: readonly CommitEvent[];
  readonly processes: readonly ProcessScript[];
  /** Calls to the tables are repeated once after a fault, under the same token, as an SDK does. */
  readonly repeatsCalls?: boolean;
  /**
   * Days that pass after the processes have ended or died, and before the repair; what has expired is
   * deleted. Nobody is in the middle of anything then: a process that sleeps for weeks between its look
   * at the horizon and its write is outside of what is promised.
   */
  readonly daysBeforeRepair?: number;
  readonly options?: Partial<CommitOptions>;
}
