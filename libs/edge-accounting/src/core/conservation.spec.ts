import * as fc from 'fast-check';
import { EdgeAggregator } from './edge-aggregator';
import { EdgeBook } from './edge-book';
import { type EdgeReport, parseEdgeReport } from './edge-report';
import type { EdgeTotals } from './edge-totals';

const TOPIC = 't';
const LOST_AFTER_MS = 1_600;

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

interface Sent {
  readonly service: string;
  readonly instance: string;
  readonly report: EdgeReport;
}

/** Runs journeys over three competing consumers; answers every report that was sent, and what happened. */
function run(journeys: readonly (typeof journey extends fc.Arbitrary<infer J> ? J : never)[]) {
  const producer = new EdgeAggregator({ source: '/a', epoch: 0, windowSize: 256 });
  const consumers = [0, 1, 2].map(() => new EdgeAggregator({ source: '/b', epoch: 0, windowSize: 256 }));
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

function bookOf(sent: readonly Sent[]): EdgeTotals | undefined {
  const book = new EdgeBook({
    lostAfterMs: LOST_AFTER_MS,
    tailLostAfterMs: LOST_AFTER_MS,
    consumersOf: () => ['b'],
  });
  for (const { service, instance, report } of sent) book.absorb({ service, instance }, report);
  for (let nowMs = 0; nowMs <= 2 * LOST_AFTER_MS; nowMs += 100) book.advance(nowMs);
  return book.edges()[0];
}

function figures(totals: EdgeTotals | undefined): unknown {
  return totals && { ...totals, latency: totals.latency.toWire() };
}

const journeys = fc.array(journey, { minLength: 1, maxLength: 150 });

describe('conservation', () => {
  it('reports exactly what was lost, void and dead-lettered, whatever was doubled and reordered', () => {
    fc.assert(
      fc.property(journeys, (all) => {
        const count = (...fates: readonly string[]) => all.filter(({ fate }) => fates.includes(fate)).length;
        expect(bookOf(run(all))).toMatchObject({
          announced: all.length,
          voided: count('void'),
          lost: count('lost'),
          lostTotal: count('lost'),
          deadLettered: count('dead_lettered'),
          delivered: count('delivered', 'failed, then delivered'),
          inFlight: 0,
          unobserved: 0,
        });
      }),
    );
  });

  it('does not depend on the order or the repetition of reports', () => {
    fc.assert(
      fc.property(journeys, fc.infiniteStream(fc.nat()), (all, random) => {
        const sent = run(all);
        const shuffled = [...sent, ...sent]
          .map((each) => ({ each, key: random.next().value }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ each }) => each);
        expect(figures(bookOf(shuffled))).toEqual(figures(bookOf(sent)));
      }),
    );
  });

  it('does not depend on reports that are lost, as long as the last ones arrive', () => {
    fc.assert(
      fc.property(journeys, fc.infiniteStream(fc.boolean()), (all, random) => {
        const sent = run(all);
        const last = new Map(sent.map((each, index) => [`${each.instance} ${each.report.role}`, index]));
        const arrived = sent.filter((_, index) => [...last.values()].includes(index) || random.next().value);
        expect(figures(bookOf(arrived))).toEqual(figures(bookOf(sent)));
      }),
    );
  });

  it('adds up at every moment, also when windows overflow', () => {
    const step = fc.record({
      index: fc.nat(),
      afterMs: fc.nat({ max: 900 }),
    });
    fc.assert(
      fc.property(journeys, fc.array(step), (all, steps) => {
        const sent = run(all);
        const book = new EdgeBook({
          lostAfterMs: LOST_AFTER_MS,
          tailLostAfterMs: 2 * LOST_AFTER_MS,
          windowSize: 32,
          maxStreams: 1,
          consumersOf: () => ['b'],
        });
        let nowMs = 0;
        let lostBefore = 0;
        for (const { index, afterMs } of steps) {
          const { service, instance, report } = sent[index % sent.length]!;
          book.absorb({ service, instance }, report);
          book.advance((nowMs += afterMs));
          const [edge] = book.edges();
          const { announced, voided, delivered, deadLettered, inFlight, lost, unobserved, lostTotal } = edge!;
          expect(voided + delivered + deadLettered + inFlight + lost + unobserved).toBe(announced);
          expect(
            Math.min(voided, delivered, deadLettered, inFlight, lost, unobserved),
          ).toBeGreaterThanOrEqual(0);
          expect(lostTotal).toBeGreaterThanOrEqual(lostBefore);
          lostBefore = lostTotal;
        }
      }),
      { numRuns: 300 },
    );
  });
});
