import * as fc from 'fast-check';
import { EdgeAggregator } from '../core/edge-aggregator';
import { type EdgeReport, parseEdgeReport } from '../core/edge-report';

const TOPIC = 't';

/** What happens to one number on its way, and how often. */
const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constant('delivered' as const) },
  { weight: 1, arbitrary: fc.constant('lost' as const) },
  { weight: 1, arbitrary: fc.constant('void' as const) },
  { weight: 1, arbitrary: fc.constant('dead_lettered' as const) },
  { weight: 1, arbitrary: fc.constant('failed, then delivered' as const) },
);
const journey = fc.record({
  fate,
  copies: fc.integer({ min: 1, max: 3 }),
  /** How far behind its place it arrives. */
  delay: fc.nat({ max: 30 }),
  /** Which instance takes each copy. */
  taker: fc.nat({ max: 2 }),
  /** After this number everybody sends a heartbeat. */
  beat: fc.boolean(),
});

/** One report on its way to the monitor. */
export interface Sent {
  readonly service: string;
  readonly instance: string;
  readonly report: EdgeReport;
}

type Journey = typeof journey extends fc.Arbitrary<infer J> ? J : never;

/** Numbers of one producer, in their order: any number of them up to 150, or just so many. */
export function journeysOf(count?: number): fc.Arbitrary<readonly Journey[]> {
  return fc.array(journey, { minLength: count ?? 1, maxLength: count ?? 150 });
}

/** Runs journeys over three competing consumers; answers every report that was sent, and what happened. */
export function travel(journeys: readonly Journey[], windowSize = 256): readonly Sent[] {
  const producer = new EdgeAggregator({ source: '/a', epoch: 0, windowSize });
  const consumers = [0, 1, 2].map(() => new EdgeAggregator({ source: '/b', epoch: 0, windowSize }));
  const sent: Sent[] = [];
  const collect = () => {
    for (const [index, edges] of [producer, ...consumers].entries()) {
      for (const { aggregate } of edges.collect()) {
        const report = parseEdgeReport(JSON.parse(JSON.stringify(aggregate)));
        if (!report) throw new Error('a report that cannot be read');
        sent.push({ service: index === 0 ? 'a' : 'b', instance: `${index}`, report });
      }
    }
  };
  const arrivals: { atPlace: number; run: () => void }[] = [];
  for (const [index, { fate, copies, delay, taker, beat }] of journeys.entries()) {
    const sequence = producer.produced.assign(TOPIC);
    const number = { topic: TOPIC, sequence };
    if (fate === 'void') producer.produced.voided(number);
    else producer.produced.published({ ...number, contract: 'v1' });
    const outcomes =
      fate === 'failed, then delivered'
        ? (['failed', 'delivered'] as const)
        : fate === 'delivered' || fate === 'dead_lettered'
          ? Array.from({ length: copies }, () => fate)
          : [];
    for (const [copy, outcome] of outcomes.entries()) {
      const edges = consumers[(taker + copy) % 3];
      const record = { source: '/a', epoch: 0, topic: TOPIC, sequence, outcome, atMs: 0 };
      arrivals.push({ atPlace: index + delay + copy, run: () => edges?.consumed.record(record) });
    }
    arrivals.filter(({ atPlace }) => atPlace === index).forEach((arrival) => arrival.run());
    if (beat) collect();
  }
  arrivals
    .filter(({ atPlace }) => atPlace >= journeys.length)
    .toSorted((a, b) => a.atPlace - b.atPlace)
    .forEach((arrival) => arrival.run());
  collect();
  return sent;
}
