import * as fc from 'fast-check';
import type { Consumption } from './consumed-edges';
import { EdgeAggregator, type EdgeAggregatorOptions } from './edge-aggregator';
import { type ConsumerReport, type EdgeReport, parseEdgeReport, type ProducerReport } from './edge-report';

const stream = { source: '/service-a', epoch: 3_000, topic: 'state-events' };

function aggregator(options: Partial<EdgeAggregatorOptions> = {}): EdgeAggregator {
  return new EdgeAggregator({ source: '/service-a', epoch: 3_000, ...options });
}

/** What a monitor reads from the next collection, over JSON. */
function reports(edges: EdgeAggregator): readonly EdgeReport[] {
  const aggregates = JSON.parse(
    JSON.stringify(edges.collect().map(({ aggregate }) => aggregate)),
  ) as unknown[];
  return aggregates.map((aggregate) => {
    const report = parseEdgeReport(aggregate);
    if (!report) throw new Error('a report that cannot be read');
    return report;
  });
}

function consumed(edges: EdgeAggregator, ...consumptions: readonly Partial<Consumption>[]): void {
  for (const each of consumptions) {
    edges.consumed.record({ ...stream, outcome: 'delivered', atMs: 1_000, ...each });
  }
}

function onlyConsumer(edges: EdgeAggregator): ConsumerReport {
  const [report] = reports(edges);
  if (report?.role !== 'consumer') throw new Error('no consumer report');
  return report;
}

function onlyProducer(edges: EdgeAggregator): ProducerReport {
  const [report] = reports(edges);
  if (report?.role !== 'producer') throw new Error('no producer report');
  return report;
}

describe('the consumer side of an EdgeAggregator', () => {
  it('counts what was not understood beside what became of it, and tells it on the wire', () => {
    const edges = new EdgeAggregator({ source: '/service-b', epoch: 0 });
    const consumed = { source: '/service-a', epoch: 1, topic: 'state-events', atMs: 1 } as const;
    for (const misunderstood of [
      'unknown_type',
      'unknown_version',
      'unknown_version',
      'invalid_data',
    ] as const)
      edges.consumed.record({ ...consumed, outcome: 'dead_lettered', misunderstood });
    const [report] = edges
      .collect()
      .map(({ aggregate }) => parseEdgeReport(JSON.parse(JSON.stringify(aggregate))));
    expect(report).toMatchObject({
      counts: { deadLettered: 4, unknownType: 1, unknownVersion: 2, invalidData: 1 },
    });
  });

  it('counts each message once, by what became of it', () => {
    const edges = aggregator();
    consumed(
      edges,
      { sequence: 1, latencyMs: 100 },
      { sequence: 3, latencyMs: 100 },
      { sequence: 2 },
      { sequence: 2 },
      { sequence: 4, outcome: 'duplicate' },
      { sequence: 5, outcome: 'failed' },
      { sequence: 5, outcome: 'failed' },
      { sequence: 5, outcome: 'dead_lettered', atMs: 9_000 },
    );
    const report = onlyConsumer(edges);
    expect(report).toMatchObject({ ...stream, role: 'consumer', life: 1, lastMessageAtMs: 9_000 });
    expect(report.counts).toMatchObject({
      delivered: 3,
      duplicate: 2,
      late: 0,
      inversions: 1,
      failed: 2,
      deadLettered: 1,
    });
    expect(report.latency.count).toBe(2);
    expect([1, 2, 3, 4, 5].map((sequence) => report.window.fateOf(sequence))).toEqual([
      'delivered',
      'delivered',
      'delivered',
      'delivered',
      'dead_lettered',
    ]);
  });

  it('counts a message below the window as late', () => {
    const edges = aggregator({ windowSize: 32 });
    consumed(edges, { sequence: 100 }, { sequence: 68 });
    const { counts, stragglers } = onlyConsumer(edges);
    expect(counts).toMatchObject({ delivered: 1, late: 1 });
    expect([...stragglers.entries()]).toEqual([[68, 'delivered']]);
  });

  it('counts no inversion for a message that failed and came again before any other', () => {
    const edges = aggregator();
    consumed(edges, { sequence: 1 }, { sequence: 2, outcome: 'failed' }, { sequence: 2 }, { sequence: 3 });
    expect(onlyConsumer(edges).counts).toMatchObject({ delivered: 3, failed: 1, inversions: 0 });
  });

  it('counts messages without a number and keeps no window of them', () => {
    const edges = aggregator();
    consumed(edges, {}, { outcome: 'duplicate' }, { outcome: 'failed' }, { outcome: 'dead_lettered' });
    const report = onlyConsumer(edges);
    expect(report.counts).toMatchObject({ delivered: 1, duplicate: 1, failed: 1, deadLettered: 1 });
    expect(report.window.highest).toBe(0);
  });

  it('keeps streams apart by source, epoch and topic', () => {
    const edges = aggregator();
    consumed(
      edges,
      { sequence: 1 },
      { sequence: 1, epoch: 4_000 },
      { sequence: 1, topic: 'x' },
      { sequence: 1, source: '/c' },
    );
    expect(reports(edges)).toHaveLength(4);
  });

  it('forgets the stream idle longest when there are too many, and begins a new life when it returns', () => {
    const edges = aggregator({ maxStreams: 2 });
    consumed(edges, { topic: 'a' }, { topic: 'b' }, { topic: 'a' }, { topic: 'c' }, { topic: 'b' });
    expect(edges.consumed.evictedTotal).toBe(2);
    const lives = reports(edges).map((report) => [report.topic, report.role === 'consumer' && report.life]);
    expect(lives).toEqual([
      ['c', 3],
      ['b', 4],
    ]);
  });
});

describe('the producer side of an EdgeAggregator', () => {
  it('numbers each topic from 1', () => {
    const { produced } = aggregator();
    expect(['a', 'a', 'b', 'a'].map((topic) => produced.assign(topic))).toEqual([1, 2, 1, 3]);
  });

  it('announces numbers up to the first that is still open', () => {
    const edges = aggregator();
    const [first, second, third] = [1, 2, 3].map(() => edges.produced.assign('t'));
    edges.produced.published({ topic: 't', sequence: first!, contract: 'v1' });
    edges.produced.published({ topic: 't', sequence: third!, contract: 'v1' });
    expect(onlyProducer(edges).window.highest).toBe(1);
    edges.produced.voided({ topic: 't', sequence: second! });
    expect(onlyProducer(edges).window.highest).toBe(3);
  });

  it('reports which numbers are void', () => {
    const edges = aggregator();
    edges.produced.assign('t');
    edges.produced.voided({ topic: 't', sequence: 1 });
    expect(onlyProducer(edges).window.fateOf(1)).toBe('void');
  });

  it('reports a void number of another epoch under that epoch', () => {
    const edges = aggregator();
    edges.produced.voided({ topic: 't', sequence: 7, epoch: 1_000 });
    const report = onlyProducer(edges);
    expect([report.epoch, report.window.fateOf(7)]).toEqual([1_000, 'void']);
  });

  it('counts messages by contract, and those of too many contracts together', () => {
    const edges = aggregator();
    for (let index = 0; index < 20; index += 1) {
      edges.produced.published({ topic: 't', sequence: edges.produced.assign('t'), contract: `v${index}` });
    }
    const { contracts } = onlyProducer(edges);
    expect(contracts).toMatchObject({ v0: 1, v14: 1, other: 5 });
    expect(Object.keys(contracts)).toHaveLength(16);
  });

  it('refuses a number that it never assigned', () => {
    const { produced } = aggregator();
    expect(() => produced.published({ topic: 't', sequence: 1, contract: 'v1' })).toThrow(
      expect.objectContaining({ code: 'sequence_invalid' }),
    );
  });
});

describe('EdgeAggregator.collect', () => {
  it('gives all that changed, and the idle ones in turn', () => {
    const edges = aggregator({ refreshed: 1 });
    const topics = () => reports(edges).map(({ topic }) => topic);
    consumed(edges, { topic: 'a' }, { topic: 'b' }, { topic: 'c' });
    expect(topics()).toEqual(['a', 'b', 'c']);
    consumed(edges, { topic: 'b' });
    expect([topics(), topics(), topics(), topics()]).toEqual([['b', 'a'], ['c'], ['a'], ['b']]);
  });

  it('repeats every idle stream within six collections, however many there are', () => {
    const edges = aggregator({ refreshed: 1 });
    consumed(edges, ...Array.from({ length: 60 }, (_, i) => ({ topic: `t-${i}` })));
    expect(reports(edges)).toHaveLength(60);
    const repeated = Array.from({ length: 6 }, () => reports(edges)).flat();
    expect(new Set(repeated.map(({ topic }) => topic)).size).toBe(60);
    expect(repeated).toHaveLength(60);
  });

  it('gives all there is when nothing can be said later, the newest first', () => {
    const edges = aggregator({ refreshed: 0 });
    consumed(edges, { topic: 'a' }, { topic: 'b' }, { topic: 'c' });
    reports(edges);
    consumed(edges, { topic: 'a' });
    const last = edges.collect({ last: true }).map(({ aggregate }) => parseEdgeReport(aggregate)?.topic);
    expect(last).toEqual(['a', 'c', 'b']);
  });

  it('repeats an idle stream for so many collections and then no more', () => {
    const edges = aggregator({ refreshedFor: 3 });
    consumed(edges, { topic: 'a' });
    expect([1, 2, 3, 4, 5].map(() => reports(edges).length)).toEqual([1, 1, 1, 0, 0]);
    consumed(edges, { topic: 'a' });
    expect(reports(edges)).toHaveLength(1);
  });

  it('has a key for each report that stays the same', () => {
    const edges = aggregator();
    consumed(edges, { sequence: 1 });
    edges.produced.assign(stream.topic);
    edges.produced.published({ topic: stream.topic, sequence: 1, contract: 'v1' });
    const keys = () => edges.collect().map(({ key }) => key);
    const first = keys();
    expect(new Set(first).size).toBe(2);
    expect(keys()).toEqual(first);
  });

  it('fits two edges of a long life into 600 characters', () => {
    const edges = aggregator();
    for (let sequence = 1; sequence <= 100_000; sequence += 1) {
      consumed(edges, { sequence, latencyMs: 20 + (sequence % 7) ** 2 });
      edges.produced.published({
        topic: 't',
        sequence: edges.produced.assign('t'),
        contract: 'latido.state.changed.v1',
      });
    }
    const text = JSON.stringify(edges.collect().map(({ aggregate }) => aggregate));
    expect(text.length).toBeLessThan(600);
  });

  it.each([{ epoch: -1 }, { maxStreams: 0 }, { refreshed: 1.5 }, { windowSize: 100 }])(
    'refuses %j',
    (options) => {
      expect(() => aggregator(options)).toThrow(expect.objectContaining({ name: 'EdgeAccountingError' }));
    },
  );
});

describe('parseEdgeReport', () => {
  const valid = (): Record<string, unknown> => {
    const edges = aggregator();
    consumed(edges, { sequence: 1, latencyMs: 5 });
    return { ...edges.collect()[0]?.aggregate };
  };

  it.each([
    ['role', 'bystander'],
    ['source', ''],
    ['source', 'x'.repeat(257)],
    ['source', 'a\nb'],
    ['epoch', -1],
    ['topic', 7],
    ['life', 1.5],
    ['window', {}],
    ['counts', [1, 2, 3]],
    ['counts', [1, 2, 3, 4, 5, -6]],
    ['latency', [1]],
    ['lastMessageAtMs', '1'],
  ])('refuses a report whose %s is %j', (field, value) => {
    expect(parseEdgeReport(valid())).toBeDefined();
    expect(parseEdgeReport({ ...valid(), [field]: value })).toBeUndefined();
  });

  it('refuses more contracts than a report may name', () => {
    const edges = aggregator();
    edges.produced.voided({ topic: 't', sequence: 1, epoch: 1 });
    const report = { ...edges.collect()[0]?.aggregate };
    const contracts = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`v${index}`, 1]));
    expect(parseEdgeReport({ ...report, contracts: { v1: 1 } })).toMatchObject({ contracts: { v1: 1 } });
    expect(parseEdgeReport({ ...report, contracts })).toBeUndefined();
    expect(parseEdgeReport({ ...report, contracts: { v1: -1 } })).toBeUndefined();
  });

  it('never throws on anything from outside', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(valid())), fc.jsonValue(), (field, value) => {
        parseEdgeReport({ ...valid(), [field]: value });
        parseEdgeReport(value);
      }),
    );
  });
});
