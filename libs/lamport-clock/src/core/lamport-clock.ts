import { LamportClockError } from './errors';
import { MAX_LAMPORT } from './lamport-time';
import type { LimitStore } from './limit-store';
import { Reservation } from './reservation';

export interface LamportClockOptions {
  /** Whose clock this is; all replicas of a service share one limit. */
  readonly service: string;
  readonly store: LimitStore;
  /** Ticks paid for by one write to the store. Default 1,000, from 10 to 1,000,000; a restart skips at most as many. */
  readonly reserveTicks?: number;
  /**
   * A remote time further than this above the limit of this service is not believed. Default
   * 100,000,000: eleven days of another service's events at 100 a second. From 1 to 2^52.
   */
  readonly maxJump?: number;
}

/** What a merge did. */
export interface Merged {
  /** The time after the merge; above every time merged before and every own tick. */
  readonly time: number;
  /** True when the remote time jumped too far and was clamped: its event may be after what it caused. */
  readonly flagged: boolean;
  /** The remote time as it was taken over: `remote`, or less where it was flagged. */
  readonly adopted: number;
}

/** A Lamport clock of one process that survives its restarts. */
export interface LamportClock {
  /** Identifies this start of the process: rises with every start of any replica of the service. */
  readonly epoch: number;
  /** The last time given out; reading it changes nothing. */
  readonly time: number;
  /** Remote times that were flagged so far. */
  readonly clampedTotal: number;

  /**
   * Counts one own event and answers its time. Waits for the store only when the reserved ticks
   * ran out before they could be renewed.
   * @throws the store's error when it is needed and cannot be reached; the clock stays usable.
   */
  tick(): Promise<number>;

  /**
   * Takes a remote time over: afterwards every own stamp is above it.
   * @throws {@link LamportClockError} `time_invalid` unless `remote` is a safe integer of at least 0.
   * @throws the store's error when the limit must be raised and the store cannot be reached.
   */
  merge(remote: number): Promise<Merged>;
}

/** The share of the reserved ticks at which new ones are asked for, in the background. */
const RAISE_AHEAD_SHARE = 0.2;

/**
 * Starts the clock of one process: one write to the store.
 *
 * Every stamp it gives is above all that any replica of the service gave before this call, because
 * nobody stamps above the stored limit and this process starts from there.
 *
 * @example
 * const clock = await openLamportClock({ service: 'service-a', store });
 * await clock.tick();      // => 1 on the very first start
 * await clock.merge(41);   // => { time: 42, flagged: false, adopted: 41 }
 * @throws {@link LamportClockError} `options_invalid` or, for a broken stored item, `limit_invalid`.
 * @see Lamport (1978); Joshi, Patterns of Distributed Systems (2023), "Lamport Clock" and "Generation Clock".
 */
export async function openLamportClock(options: LamportClockOptions): Promise<LamportClock> {
  const { service, store, reserveTicks = 1_000, maxJump = 100_000_000 } = options;
  requireWithin('reserveTicks', reserveTicks, { from: 10, to: 1_000_000 });
  requireWithin('maxJump', maxJump, { from: 1, to: MAX_LAMPORT });
  const epoch = await store.reserve(service, reserveTicks);
  if (!Number.isSafeInteger(epoch + reserveTicks) || epoch < 0) {
    throw new LamportClockError(
      'limit_invalid',
      `the stored Lamport limit of ${service} is ${epoch}; set it to an integer above every time stamped so far`,
    );
  }
  const reservation = new Reservation(store, service, reserveTicks, epoch + reserveTicks);
  return new ReservedClock(epoch, reservation, { reserveTicks, maxJump });
}

class ReservedClock implements LamportClock {
  private clock: number;
  private clamped = 0;

  constructor(
    readonly epoch: number,
    private readonly reservation: Reservation,
    private readonly bounds: { readonly reserveTicks: number; readonly maxJump: number },
  ) {
    this.clock = epoch;
  }

  get time(): number {
    return this.clock;
  }

  get clampedTotal(): number {
    return this.clamped;
  }

  async tick(): Promise<number> {
    return this.advanceAbove(0);
  }

  async merge(remote: number): Promise<Merged> {
    if (!Number.isSafeInteger(remote) || remote < 0) {
      throw new LamportClockError(
        'time_invalid',
        `${remote} is not a Lamport time; parse it by parseLamport`,
      );
    }
    const adopted = Math.min(remote, this.highestBelievable());
    const flagged = adopted < remote;
    if (flagged) this.clamped += 1;
    return { time: await this.advanceAbove(adopted), flagged, adopted };
  }

  /**
   * A jump is measured from the limit, not from the clock: the other replicas of this service have
   * been there. A service in its first reservation knows nothing yet and believes what it is told.
   */
  private highestBelievable(): number {
    const { limit } = this.reservation;
    if (limit <= this.bounds.reserveTicks) return MAX_LAMPORT;
    return Math.min(limit + this.bounds.maxJump, MAX_LAMPORT);
  }

  /** The one place where time moves: never above the limit, never without rising. */
  private async advanceAbove(floor: number): Promise<number> {
    while (Math.max(this.clock, floor) >= this.reservation.limit) {
      await this.reservation.raise(Math.max(this.clock, floor));
    }
    this.clock = Math.max(this.clock, floor) + 1;
    const left = this.reservation.limit - this.clock;
    if (left < this.bounds.reserveTicks * RAISE_AHEAD_SHARE) this.reservation.raiseAhead(this.clock);
    return this.clock;
  }
}

function requireWithin(
  name: string,
  value: number,
  bounds: { readonly from: number; readonly to: number },
): void {
  if (Number.isSafeInteger(value) && value >= bounds.from && value <= bounds.to) return;
  throw new LamportClockError(
    'options_invalid',
    `${name} is ${value}; it must be an integer from ${bounds.from} to ${bounds.to}`,
  );
}
