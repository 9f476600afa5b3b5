/** What places an event in the total order. Each part is from the event itself, so every reader agrees. */
export interface LamportStamp {
  readonly lamport: number;
  /** Who stamped it, e.g. `/service-a`. */
  readonly source: string;
  /** The incarnation of the process that stamped it. */
  readonly epoch: number;
  readonly requestId: string;
}

/**
 * Total order of events: by time, then source, then epoch, then request id.
 *
 * If A caused B, then A comes first. The other direction does not hold: that A comes first does
 * not mean that B knew of it. Replicas of one service may share a time; the later parts decide.
 *
 * @returns below 0 when `a` comes first, above 0 when `b` does, 0 only for the same stamp. Strings
 *   compare by UTF-16 code units, so that no locale can change an order.
 * @example
 * stamps.toSorted(compareStamps);
 * @see Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System" (1978).
 */
export function compareStamps(a: LamportStamp, b: LamportStamp): number {
  return (
    order(a.lamport, b.lamport) ||
    order(a.source, b.source) ||
    order(a.epoch, b.epoch) ||
    order(a.requestId, b.requestId)
  );
}

function order<T extends number | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
