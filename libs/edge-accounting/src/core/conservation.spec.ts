import * as fc from 'fast-check';
import { journeysOf, type Sent, travel } from '../testing/journeys';
import { EdgeAggregator } from './edge-aggregator';
import { EdgeBook } from './edge-book';
import { parseEdgeReport } from './edge-report';
import type { EdgeTotals } from './edge-totals';

const LOST_AFTER_MS = 1_600;

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

function numbersUpTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** What a consumer reports after one more message. */
function received(consumer: EdgeAggregator, sequence: number): readonly unknown[] {
  const message = { source: '/a', epoch: 0, topic: 't', sequence } as const;
  consumer.consumed.record({ ...message, outcome: 'delivered', atMs: 0 });
  return consumer.collect().map(({ aggregate }) => JSON.parse(JSON.stringify(aggregate)) as unknown);
}

function absorbAll(book: EdgeBook, reports: readonly unknown[]): void {
  for (const report of reports) book.absorb({ service: 'b', instance: '1' }, parseEdgeReport(report));
}

describe('conservation', () => {
  it('reports exactly what was lost, void and dead-lettered, whatever was doubled and reordered', () => {
    fc.assert(
      fc.property(journeysOf(), (all) => {
        const count = (...fates: readonly string[]) => all.filter(({ fate }) => fates.includes(fate)).length;
        expect(bookOf(travel(all))).toMatchObject({
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
      fc.property(journeysOf(), fc.infiniteStream(fc.nat()), (all, random) => {
        const sent = travel(all);
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
      fc.property(journeysOf(), fc.infiniteStream(fc.boolean()), (all, random) => {
        const sent = travel(all);
        const last = new Map(sent.map((each, index) => [`${each.instance} ${each.report.role}`, index]));
        const arrived = sent.filter((_, index) => [...last.values()].includes(index) || random.next().value);
        expect(figures(bookOf(arrived))).toEqual(figures(bookOf(sent)));
      }),
    );
  });

  it('takes back what was declared lost when it arrives below the window of its consumer', () => {
    const order = fc.shuffledSubarray(numbersUpTo(200), { minLength: 1 });
    fc.assert(
      fc.property(order, fc.nat({ max: 200 }), (arriving, inTime) => {
        const book = new EdgeBook({ lostAfterMs: LOST_AFTER_MS, tailLostAfterMs: LOST_AFTER_MS });
        let nowMs = 0;
        const waitUntilLost = () => {
          for (const endMs = nowMs + 2 * LOST_AFTER_MS; nowMs <= endMs; nowMs += 100) book.advance(nowMs);
        };
        const consumer = new EdgeAggregator({ source: '/b', epoch: 0, windowSize: 32 });
        const arrive = (sequences: readonly number[]) => {
          for (const sequence of sequences) absorbAll(book, received(consumer, sequence));
        };
        arrive(arriving.slice(0, inTime));
        waitUntilLost();
        arrive(arriving.slice(inTime));
        waitUntilLost();
        const announced = Math.max(...arriving);
        expect(book.edges()[0]).toMatchObject({
          announced,
          delivered: arriving.length,
          lost: announced - arriving.length,
          inFlight: 0,
          unobserved: 0,
        });
      }),
    );
  });

  it('adds up at every moment, also when windows overflow', () => {
    const step = fc.record({
      index: fc.nat(),
      afterMs: fc.nat({ max: 900 }),
    });
    fc.assert(
      fc.property(journeysOf(), fc.array(step), (all, steps) => {
        const sent = travel(all);
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
