import type { Conservation, DeliveryLedger } from './delivery-ledger';
import { type ConsumerCounts, NO_COUNTS } from './edge-report';
import { LatencySketch } from './latency-sketch';
import { addCounts } from './reporter-table';

/** One edge over all epochs of its producer: producer -> topic -> consumer. */
export interface EdgeTotals extends Conservation {
  /** `source` of the producer's envelopes. */
  readonly producer: string;
  readonly topic: string;
  /** Name of the consuming service. */
  readonly consumer: string;
  /** Messages that exist: announced without the void numbers. */
  readonly published: number;
  /** Numbers declared lost so far; never falls. */
  readonly lostTotal: number;
  /** Sums of what the consumer's instances counted, messages without a number included. */
  readonly counts: ConsumerCounts;
  readonly latency: LatencySketch;
  /** Milliseconds since 1970; 0 before the first message. */
  readonly lastMessageAtMs: number;
}

/** An edge on which nothing has happened. */
export function noTotals(edge: Pick<EdgeTotals, 'producer' | 'topic' | 'consumer'>): EdgeTotals {
  return {
    ...edge,
    announced: 0,
    published: 0,
    voided: 0,
    delivered: 0,
    deadLettered: 0,
    inFlight: 0,
    lost: 0,
    lostTotal: 0,
    unobserved: 0,
    counts: NO_COUNTS,
    latency: new LatencySketch(),
    lastMessageAtMs: 0,
  };
}

/** Adds one epoch's ledger to an edge. */
export function addLedger(totals: EdgeTotals, ledger: DeliveryLedger): EdgeTotals {
  const found = ledger.conservation();
  const latency = new LatencySketch();
  latency.add(totals.latency);
  latency.add(ledger.latency);
  return {
    ...totals,
    announced: totals.announced + found.announced,
    published: totals.published + found.announced - found.voided,
    voided: totals.voided + found.voided,
    delivered: totals.delivered + found.delivered,
    deadLettered: totals.deadLettered + found.deadLettered,
    inFlight: totals.inFlight + found.inFlight,
    lost: totals.lost + found.lost,
    lostTotal: totals.lostTotal + ledger.lostTotal,
    unobserved: totals.unobserved + found.unobserved,
    counts: addCounts(totals.counts, ledger.counts),
    latency,
    lastMessageAtMs: Math.max(totals.lastMessageAtMs, ledger.lastMessageAtMs),
  };
}

/** Closes an edge's part for good: what was still in flight will not be followed any further. */
export function retire(totals: EdgeTotals): EdgeTotals {
  return { ...totals, inFlight: 0, unobserved: totals.unobserved + totals.inFlight };
}
