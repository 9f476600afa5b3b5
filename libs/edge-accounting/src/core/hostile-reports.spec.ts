import * as fc from 'fast-check';
import { EdgeAggregator } from './edge-aggregator';
import { EdgeBook } from './edge-book';
import { parseEdgeReport } from './edge-report';
import { SequenceWindow } from './sequence-window';

const HONEST = { producer: '/service-a', topic: 'state-events', consumer: 'service-b' };
const STRANGER = { service: 'stranger', instance: 's-1' };

function aProducerReport(members: Readonly<Record<string, unknown>>): unknown {
  const window = { highest: 3, size: 64, sets: {} };
  return { role: 'producer', source: '/stranger', epoch: 1, topic: 't', window, contracts: {}, ...members };
}

describe('hostile reports', () => {
  it.each([
    ['a number below 0', { window: { highest: -1, size: 64, sets: {} } }],
    ['a number that nobody ever reaches', { window: { highest: 1e13, size: 64, sets: {} } }],
    ['a window of a million', { window: { highest: 3, size: 1_048_576, sets: {} } }],
    ['an epoch below 0', { epoch: -1 }],
    ['half an epoch', { epoch: 0.5 }],
    [
      'a thousand contracts',
      { contracts: Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [n, 1])) },
    ],
    ['a count below 0', { contracts: { v1: -1 } }],
    ['a source of a megabyte', { source: 'x'.repeat(1_000_000) }],
    ['a line break in a name', { topic: 'a\nb' }],
  ])('are not read with %s', (_what, members) => {
    expect(parseEdgeReport(aProducerReport({}))).toBeDefined();
    const report = parseEdgeReport(aProducerReport(members));
    expect(report).toBeUndefined();
    const book = new EdgeBook();
    expect([book.absorb(STRANGER, report), book.refusedTotal]).toEqual(['refused', 1]);
  });

  it('never bring the figures of an edge out of balance, whatever they claim', () => {
    const claim = fc.record({
      role: fc.constantFrom('producer', 'consumer'),
      source: fc.constantFrom('/stranger', '/service-a'),
      epoch: fc.nat({ max: 3 }),
      topic: fc.constantFrom('t', 'state-events'),
      window: fc.record({
        highest: fc.oneof(fc.nat({ max: 200 }), fc.maxSafeInteger()),
        size: fc.constantFrom(32, 64, 65_536, 7),
        forgottenUpTo: fc.option(fc.nat(), { nil: undefined }),
        sets: fc.dictionary(fc.constantFrom('delivered', 'void', 'x'), fc.string({ maxLength: 20 })),
      }),
      contracts: fc.dictionary(fc.string(), fc.integer()),
      life: fc.nat(),
      counts: fc.array(fc.maxSafeInteger(), { minLength: 9, maxLength: 9 }),
      latency: fc.array(fc.nat(), { maxLength: 4 }),
      lastMessageAtMs: fc.maxSafeNat(),
      late: fc.option(
        fc.dictionary(fc.constantFrom('delivered', 'attempted', 'void'), fc.array(fc.integer({ max: 200 }))),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 30 }), (claims) => {
        const book = new EdgeBook({ windowSize: 64, maxStreams: 4, expected: [HONEST] });
        for (const [n, each] of claims.entries()) {
          const report = parseEdgeReport(each);
          if (report) book.absorb(STRANGER, report);
          book.advance(n * 50_000);
        }
        for (const {
          announced,
          voided,
          delivered,
          deadLettered,
          inFlight,
          lost,
          unobserved,
        } of book.edges()) {
          const parts = [voided, delivered, deadLettered, inFlight, lost, unobserved];
          expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(announced);
          expect(Number.isSafeInteger(announced)).toBe(true);
        }
        expect(book.edge(HONEST)).toMatchObject({ announced: 0, lostTotal: 0 });
      }),
    );
  });

  it('cannot speak for another producer, and are counted', () => {
    const book = new EdgeBook({ consumersOf: () => ['service-b'], expected: [HONEST] });
    const report = parseEdgeReport(aProducerReport({ source: '/service-a', topic: 'state-events' }));
    expect(report && book.absorb(STRANGER, report)).toBe('refused');
    expect(book.refusedTotal).toBe(1);
    expect(book.edge(HONEST)).toMatchObject({ announced: 0 });
  });

  it('of 10,000 edges from one sender leave room for the edges of others', () => {
    const book = new EdgeBook({ expected: [HONEST] });
    for (let n = 0; n < 10_000; n += 1) {
      const report = parseEdgeReport({
        ...(aProducerReport({}) as object),
        role: 'consumer',
        source: `/made-up-${n}`,
        life: 1,
        counts: Array(9).fill(0),
        latency: [],
        lastMessageAtMs: 0,
      });
      if (report) book.absorb(STRANGER, report);
    }
    expect([book.names().length, book.refusedTotal]).toEqual([1_001, 9_000]);

    const consumer = new EdgeAggregator({ source: '/service-b', epoch: 1 });
    for (const source of ['/service-a', '/somebody-new'])
      consumer.consumed.record({
        source,
        epoch: 1,
        topic: 'state-events',
        sequence: 1,
        outcome: 'delivered',
        atMs: 1,
      });
    const results = consumer.collect().map(({ aggregate }) => {
      const report = parseEdgeReport(aggregate);
      return report && book.absorb({ service: 'service-b', instance: 'b-1' }, report);
    });
    expect(results).toEqual(['absorbed', 'absorbed']);
  });

  it('of ever new epochs push out no stream that another service has opened', () => {
    const book = new EdgeBook({ maxStreams: 10, consumersOf: () => ['service-b'] });
    const absorb = (service: string, report: unknown) =>
      book.absorb({ service, instance: `${service}-1` }, parseEdgeReport(report));
    const own = { topic: HONEST.topic, contracts: { v1: 3 } };
    absorb('service-a', aProducerReport({ source: HONEST.producer, ...own }));
    for (let epoch = 1; epoch <= 100; epoch += 1) absorb('stranger', aProducerReport({ epoch }));
    expect(book.produced()).toContainEqual({
      producer: HONEST.producer,
      topic: HONEST.topic,
      contract: 'v1',
      count: 3,
    });
  });

  it('with ever new names of contracts do not make the book grow', () => {
    const book = new EdgeBook({ consumersOf: () => ['b'] });
    for (let n = 0; n < 1_000; n += 1)
      book.absorb(STRANGER, {
        role: 'producer',
        source: '/stranger',
        epoch: 1,
        topic: 't',
        window: new SequenceWindow(64),
        contracts: { [`v${n}`]: 1 },
      });
    expect(book.produced()).toHaveLength(16);
  });
});
