import {
  type EventCommitter,
  LogFencedError,
  type RollbackRequest,
  type RollbackResult,
} from '@latido/event-commit';
import type { LogSlot } from '../log/log-slot';

/** Slots that may be lost in a row before a request gives up: each loss means that this process was thought dead. */
const MAX_ATTEMPTS = 3;

/** Rolls states back, on the slot that all rollbacks of this process share. */
export class Rollbacks {
  constructor(
    private readonly committer: Pick<EventCommitter, 'rollBack'>,
    private readonly slot: Pick<LogSlot, 'use'>,
  ) {}

  /**
   * @throws LogFencedError when slot after slot was taken over; nothing happened.
   * @throws a store's error; the rollback may have happened: repeat it with the same Idempotency-Key.
   */
  async rollBack(request: RollbackRequest): Promise<RollbackResult> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.committer.rollBack(request, await this.slot.use());
      } catch (error) {
        if (!(error instanceof LogFencedError) || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }
}
