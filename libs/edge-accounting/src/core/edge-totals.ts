import type { Conservation, DeliveryLedger } from './delivery-ledger';
import { type ConsumerCounts, NO_COUNTS } from './edge-report';
import { LatencySketch } from './latency-sketch';
import { addCounts } from './reporter-table';

/** One edge over all epochs of its producer, producer -> topic -> consumer, without its latencies. */
export interface EdgeFigures extends Conservation {
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
  /** Milliseconds since 1970; 0 before the first message. */
  readonly lastMessageAtMs: number;
}

/** The same with its latencies. */
export interface EdgeTotals extends EdgeFigures {
  readonly latency: LatencySketch;
}

/** What names an edge. */
export type EdgeName = Pick<EdgeFigures, 'producer' | 'topic' | 'consumer'>;

/** An edge on which nothing has happened. */
export function noFigures({ producer, topic, consumer }: EdgeName): EdgeFigures {
  return {
    producer,
    topic,
    consumer,
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
    lastMessageAtMs: 0,
  };
}

/** Adds one epoch's ledger to an edge. */
export function addLedger(figures: EdgeFigures, ledger: DeliveryLedger): EdgeFigures {
  const found = ledger.conservation();
  return {
    producer: figures.producer,
    topic: figures.topic,
    consumer: figures.consumer,
    announced: figures.announced + found.announced,
    published: figures.published + found.announced - found.voided,
    voided: figures.voided + found.voided,
    delivered: figures.delivered + found.delivered,
    deadLettered: figures.deadLettered + found.deadLettered,
    inFlight: figures.inFlight + found.inFlight,
    lost: figures.lost + found.lost,
    lostTotal: figures.lostTotal + ledger.lostTotal,
    unobserved: figures.unobserved + found.unobserved,
    counts: addCounts(figures.counts, ledger.counts),
    lastMessageAtMs: Math.max(figures.lastMessageAtMs, ledger.lastMessageAtMs),
  };
}

/** Closes an edge's part for good: what was still in flight will not be followed any further. */
export function retire(figures: EdgeFigures): EdgeFigures {
  return { ...figures, inFlight: 0, unobserved: figures.unobserved + figures.inFlight };
}

/** The same with latencies: an edge that is known by its name alone. */
export function noTotals(edge: EdgeName): EdgeTotals {
  return { ...noFigures(edge), latency: new LatencySketch() };
}
