import { LamportClockError } from './errors';
import type { LimitStore } from './limit-store';

/**
 * The highest time this process may stamp, and the way to more of it.
 *
 *     start          reserve: limit += reserveTicks, the limit before is the epoch
 *     later          raise:   limit = max(limit, clock) + reserveTicks, if that is higher than the stored one
 *
 * One raise is in flight at a time; whoever needs one meanwhile waits for that one and looks again.
 */
export class Reservation {
  private raising: Promise<void> | undefined;

  constructor(
    private readonly store: LimitStore,
    private readonly service: string,
    private readonly reserveTicks: number,
    private held: number,
  ) {}

  /** A limit this process wrote or saw. Nothing is stamped above it. */
  get limit(): number {
    return this.held;
  }

  /** Resolves when the limit has been raised once, by this call or by one that was under way. */
  async raise(clock: number): Promise<void> {
    this.raising ??= this.raiseTo(Math.max(clock, this.held) + this.reserveTicks).finally(() => {
      this.raising = undefined;
    });
    await this.raising;
  }

  /**
   * Raises before anybody has to wait. Its failure is not reported here: the tick that finds the
   * limit exhausted tries again and reports its own.
   */
  raiseAhead(clock: number): void {
    this.raise(clock).catch(() => undefined);
  }

  private async raiseTo(wanted: number): Promise<void> {
    const inForce = await this.store.raiseTo(this.service, wanted);
    if (!Number.isSafeInteger(inForce) || inForce < wanted) {
      throw new LamportClockError(
        'limit_invalid',
        `the Lamport limit of ${this.service} is ${inForce} after it was raised to ${wanted}; repair the stored item`,
      );
    }
    this.held = Math.max(this.held, inForce);
  }
}
