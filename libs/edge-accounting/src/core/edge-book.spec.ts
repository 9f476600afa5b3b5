import type { Consumption } from './consumed-edges';
import { EdgeAggregator, type EdgeAggregatorOptions } from './edge-aggregator';
import { EdgeBook, type EdgeBookOptions } from './edge-book';
import { parseEdgeReport } from './edge-report';

const TOPIC = 'state-events';
const CONTRACT = 'latido.state.changed.v1';
const LOST_AFTER_MS = 16_000;
const LATE_ENOUGH_MS = LOST_AFTER_MS * 2;
const TAIL_LOST_AFTER_MS = 10 * LOST_AFTER_MS;

/** A producer, consumers and a monitor's book; time moves only when it is told to. */
function setUp(options: EdgeBookOptions = {}, bounds: Partial<EdgeAggregatorOptions> = {}) {
  const book = new EdgeBook({
    lostAfterMs: LOST_AFTER_MS,
    tailLostAfterMs: TAIL_LOST_AFTER_MS,
    consumersOf: (topic) => (topic === TOPIC ? ['service-b'] : []),
    ...options,
  });
  const producer = new EdgeAggregator({ source: '/service-a', epoch: 0, ...bounds });
  const instances = ['b-1', 'b-2'].map((instance) => ({
    instance,
    edges: new EdgeAggregator({ source: '/service-b', epoch: 0, ...bounds }),
  }));
  let nowMs = 0;

  const deliver = (
    sequence: number,
    delivery: { at?: number; outcome?: Consumption['outcome']; epoch?: number } = {},
  ) => {
    const { at = 0, outcome = 'delivered', epoch = 0 } = delivery;
    instances[at]?.edges.consumed.record({
      source: '/service-a',
      epoch,
      topic: TOPIC,
      sequence,
      outcome,
      atMs: nowMs,
    });
  };
  return {
    book,
    instances,
    producer,
    deliver,
    publish: (times: number) => {
      for (let count = 0; count < times; count += 1) {
        producer.produced.published({
          topic: TOPIC,
          sequence: producer.produced.assign(TOPIC),
          contract: CONTRACT,
        });
      }
    },
    deliverAll: (sequences: readonly number[], at = 0) => {
      for (const sequence of sequences) deliver(sequence, { at });
    },
    /** One heartbeat of everybody. */
    beat: () => {
      const send = (reporter: { service: string; instance: string }, edges: EdgeAggregator) => {
        for (const { aggregate } of edges.collect()) {
          const report = parseEdgeReport(JSON.parse(JSON.stringify(aggregate)));
          if (report) book.absorb(reporter, report);
        }
      };
      send({ service: 'service-a', instance: 'a-1' }, producer);
      for (const { instance, edges } of instances) send({ service: 'service-b', instance }, edges);
      book.advance(nowMs);
    },
    wait: (durationMs: number) => {
      for (const endMs = nowMs + durationMs; nowMs < endMs;) book.advance((nowMs += 500));
    },
    edge: () => {
      const [edge] = book.edges();
      if (!edge) throw new Error('no edge');
      return edge;
    },
  };
}

const oneTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('EdgeBook', () => {
  it('balances an edge on which everything arrived', () => {
    const { publish, deliverAll, beat, edge } = setUp();
    publish(100);
    deliverAll(oneTo(100));
    beat();
    expect(edge()).toMatchObject({
      producer: '/service-a',
      topic: TOPIC,
      consumer: 'service-b',
      published: 100,
      delivered: 100,
      inFlight: 0,
      lost: 0,
      counts: { delivered: 100, duplicate: 0 },
    });
  });

  it('counts the union of what competing consumers saw', () => {
    const { publish, deliverAll, beat, wait, edge } = setUp();
    publish(100);
    deliverAll(oneTo(100).filter((sequence) => sequence % 3 === 0));
    deliverAll(
      oneTo(100).filter((sequence) => sequence % 3 !== 0 || sequence === 99),
      1,
    );
    beat();
    wait(LATE_ENOUGH_MS);
    expect(edge()).toMatchObject({ delivered: 100, lost: 0, inFlight: 0 });
  });

  it('calls a gap in flight at first and lost when its time is over', () => {
    const { publish, deliverAll, beat, wait, edge } = setUp();
    publish(10);
    deliverAll([1, 2, 3, 5, 6, 8, 9, 10]);
    beat();
    wait(LOST_AFTER_MS - 1_000);
    expect(edge()).toMatchObject({ delivered: 8, inFlight: 2, lost: 0, lostTotal: 0 });
    wait(3_000);
    expect(edge()).toMatchObject({ delivered: 8, inFlight: 0, lost: 2, lostTotal: 2 });
  });

  it('takes a lost message back when it arrives after all, and does not forget that it was lost', () => {
    const { publish, deliver, deliverAll, beat, wait, edge } = setUp();
    publish(3);
    deliverAll([1, 3]);
    beat();
    wait(LATE_ENOUGH_MS);
    deliver(2, { at: 1 });
    beat();
    expect(edge()).toMatchObject({ delivered: 3, lost: 0, lostTotal: 1 });
  });

  it('does not call messages lost that wait behind a stopped consumer, until the tail is overdue', () => {
    const { publish, deliverAll, beat, wait, edge } = setUp();
    publish(50);
    deliverAll(oneTo(20));
    beat();
    wait(LATE_ENOUGH_MS);
    expect(edge()).toMatchObject({ delivered: 20, inFlight: 30, lost: 0 });
    wait(10 * LOST_AFTER_MS);
    expect(edge()).toMatchObject({ inFlight: 0, lost: 30, lostTotal: 30 });
    deliverAll(oneTo(50), 1);
    beat();
    expect(edge()).toMatchObject({ delivered: 50, lost: 0, lostTotal: 30 });
  });

  it('watches an expected edge before its consumer ever speaks', () => {
    const { publish, beat, edge } = setUp();
    publish(7);
    beat();
    expect(edge()).toMatchObject({ consumer: 'service-b', published: 7, inFlight: 7, delivered: 0 });
  });

  it('does not call a void number lost', () => {
    const { producer, publish, deliverAll, beat, wait, edge } = setUp();
    publish(2);
    producer.produced.voided({ topic: TOPIC, sequence: producer.produced.assign(TOPIC) });
    publish(2);
    deliverAll([1, 2, 4, 5]);
    beat();
    wait(LATE_ENOUGH_MS);
    expect(edge()).toMatchObject({ announced: 5, voided: 1, published: 4, delivered: 4, lost: 0 });
  });

  it('counts a void number as void while it is above all that arrived', () => {
    const { producer, publish, deliverAll, beat, edge } = setUp();
    publish(1);
    producer.produced.voided({ topic: TOPIC, sequence: producer.produced.assign(TOPIC) });
    deliverAll([1]);
    beat();
    expect(edge()).toMatchObject({ announced: 2, voided: 1, delivered: 1, inFlight: 0 });
  });

  it('believes an arrival more than a void', () => {
    const { producer, publish, deliverAll, beat, edge } = setUp();
    producer.produced.voided({ topic: TOPIC, sequence: producer.produced.assign(TOPIC) });
    publish(1);
    deliverAll([1, 2]);
    beat();
    expect(edge()).toMatchObject({ voided: 0, published: 2, delivered: 2 });
  });

  it('keeps a message that fails again and again in flight, never lost', () => {
    const { publish, deliver, deliverAll, beat, wait, edge } = setUp();
    publish(3);
    deliver(1, { outcome: 'failed' });
    deliverAll([2, 3]);
    beat();
    wait(LATE_ENOUGH_MS);
    expect(edge()).toMatchObject({ delivered: 2, inFlight: 1, lost: 0, counts: { failed: 1 } });
  });

  it('counts a dead letter as such, and as delivered after its redrive', () => {
    const { publish, deliver, beat, edge } = setUp();
    publish(1);
    deliver(1, { outcome: 'dead_lettered' });
    beat();
    expect(edge()).toMatchObject({ delivered: 0, deadLettered: 1, inFlight: 0 });
    deliver(1, { at: 1 });
    beat();
    expect(edge()).toMatchObject({ delivered: 1, deadLettered: 0 });
  });

  it('books a relayed message under the epoch it was stamped with', () => {
    const { publish, deliver, deliverAll, beat, wait, edge } = setUp();
    publish(3);
    deliverAll([1, 3]);
    deliver(1, { epoch: 1_000 }); // the next process has begun
    beat();
    deliver(2, { at: 1 });
    beat();
    wait(LATE_ENOUGH_MS);
    expect(edge()).toMatchObject({ delivered: 4, lost: 0, published: 4 });
  });

  it('stays exact when the sequence is much longer than every window', () => {
    const { publish, deliverAll, beat, wait, edge } = setUp({ windowSize: 128 }, { windowSize: 128 });
    for (let batch = 0; batch < 50; batch += 1) {
      publish(40);
      const numbers = oneTo(40).map((number) => batch * 40 + number);
      deliverAll(numbers.filter((number) => number % 100 !== 50));
      beat();
      wait(LATE_ENOUGH_MS);
    }
    expect(edge()).toMatchObject({
      published: 2_000,
      delivered: 1_980,
      lost: 20,
      lostTotal: 20,
      unobserved: 0,
      inFlight: 0,
    });
  });

  it('calls numbers unobserved, not lost, that a consumer forgot before it reported them', () => {
    const { publish, deliverAll, beat, wait, edge } = setUp({}, { windowSize: 128 });
    publish(1_000);
    deliverAll(oneTo(1_000));
    beat();
    wait(LATE_ENOUGH_MS);
    expect(edge()).toMatchObject({
      announced: 1_000,
      delivered: 128,
      unobserved: 872,
      lost: 0,
      lostTotal: 0,
    });
  });

  it('calls a void number unobserved, not lost, that was forgotten before consumers came so far', () => {
    const { producer, publish, deliverAll, beat, wait, edge } = setUp(
      { windowSize: 128 },
      { windowSize: 128 },
    );
    publish(5);
    producer.produced.voided({ topic: TOPIC, sequence: producer.produced.assign(TOPIC) });
    for (let batch = 0; batch < 10; batch += 1) {
      publish(40);
      beat();
    }
    deliverAll([1, 2, 3, 4, 5, ...oneTo(100).slice(6)]);
    beat();
    wait(LATE_ENOUGH_MS);
    expect(edge()).toMatchObject({ announced: 406, delivered: 99, unobserved: 1, lost: 0, inFlight: 306 });
  });

  it('calls numbers unobserved that leave the window of the book before their time is over', () => {
    const { publish, deliverAll, beat, wait, edge } = setUp({ windowSize: 128 }, { windowSize: 128 });
    publish(300);
    deliverAll(oneTo(99));
    beat();
    deliverAll(oneTo(300).slice(200));
    beat();
    wait(LATE_ENOUGH_MS);
    expect(edge()).toMatchObject({ delivered: 199, unobserved: 73, lost: 28 });
  });

  describe('when a process dies', () => {
    it('does not call lost what a dead consumer may have delivered after its last report', () => {
      const { book, publish, deliverAll, beat, wait, edge, instances } = setUp();
      publish(10);
      deliverAll([1, 2, 3]);
      beat();
      deliverAll([4, 5]); // dies before it reports them
      instances.shift();
      deliverAll([6, 8, 9, 10]);
      beat();
      wait(LOST_AFTER_MS / 2);
      book.died({ service: 'service-b', instance: 'b-1' });
      wait(LATE_ENOUGH_MS);
      expect(edge()).toMatchObject({ delivered: 7, unobserved: 3, lost: 0, lostTotal: 0 });
    });

    it('does so also when nobody has received anything further yet', () => {
      const { book, publish, deliverAll, beat, wait, edge, instances } = setUp();
      publish(10);
      deliverAll([1, 2, 3]);
      beat();
      deliverAll([4, 5]);
      instances.shift();
      book.died({ service: 'service-b', instance: 'b-1' });
      expect(edge()).toMatchObject({ delivered: 3, inFlight: 7 });
      publish(3);
      deliverAll([6, 7, 8, 9, 10, 11, 13]);
      beat();
      wait(LATE_ENOUGH_MS);
      expect(edge()).toMatchObject({ delivered: 10, unobserved: 2, lost: 1 });
    });

    it('does so also when nobody ever receives anything further', () => {
      const { book, publish, deliverAll, beat, wait, edge } = setUp();
      publish(5);
      deliverAll([1, 2]);
      beat();
      book.died({ service: 'service-b', instance: 'b-1' });
      publish(1);
      beat();
      wait(2 * TAIL_LOST_AFTER_MS);
      expect(edge()).toMatchObject({ delivered: 2, unobserved: 3, lost: 1, lostTotal: 1 });
      deliverAll([3, 6], 1);
      beat();
      expect(edge()).toMatchObject({ delivered: 4, unobserved: 2, lost: 0 });
    });

    it('counts as delivered what the recovery of a dead consumer repeats', () => {
      const { book, publish, deliverAll, deliver, beat, wait, edge, instances } = setUp();
      publish(4);
      deliverAll([1, 2]);
      instances.shift();
      deliverAll([3, 4]);
      beat();
      book.died({ service: 'service-b', instance: 'b-1' });
      deliver(1, { outcome: 'duplicate' });
      deliver(2, { outcome: 'duplicate' });
      beat();
      wait(LATE_ENOUGH_MS);
      expect(edge()).toMatchObject({ delivered: 4, unobserved: 0, lost: 0 });
    });

    it('keeps what was lost before, and what others lose', () => {
      const { book, publish, deliverAll, beat, wait, edge } = setUp();
      publish(3);
      deliverAll([1, 3]);
      beat();
      wait(LATE_ENOUGH_MS);
      book.died({ service: 'service-b', instance: 'b-1' });
      book.died({ service: 'service-c', instance: 'c-1' });
      publish(3);
      deliverAll([4, 6], 1);
      beat();
      wait(LATE_ENOUGH_MS);
      expect(edge()).toMatchObject({ delivered: 4, lost: 2, unobserved: 0 });
    });

    it('does not call lost what a dead producer may have voided after its last report', () => {
      const { book, publish, producer, deliverAll, beat, wait, edge } = setUp();
      publish(3);
      deliverAll([1, 3]);
      beat();
      producer.produced.voided({ topic: TOPIC, sequence: producer.produced.assign(TOPIC) });
      publish(1);
      book.died({ service: 'service-a', instance: 'a-1' });
      for (const { aggregate } of producer.collect()) expect(aggregate).toBeDefined(); // never sent
      deliverAll([5]);
      beat();
      wait(LATE_ENOUGH_MS);
      expect(edge()).toMatchObject({ delivered: 3, lost: 1 });
      expect(edge().voided + edge().unobserved).toBe(1);
    });
  });

  it('sums counters over instances, and over their lives', () => {
    const { publish, deliver, beat, edge, instances } = setUp();
    publish(2);
    deliver(1);
    deliver(1);
    deliver(2, { at: 1 });
    beat();
    instances[0] = { instance: 'b-1 again', edges: new EdgeAggregator({ source: '/service-b', epoch: 1 }) };
    deliver(2);
    deliver(2);
    beat();
    expect(edge().counts).toMatchObject({ delivered: 3, duplicate: 2 });
  });

  it('keeps the sums of streams and instances that it forgets', () => {
    const { publish, deliver, deliverAll, beat, edge } = setUp(
      { maxStreams: 1, maxReporters: 1 },
      { refreshed: 0, refreshedFor: 0 },
    );
    publish(10);
    deliverAll([1, 2, 3]);
    deliver(4, { at: 1 });
    beat();
    expect(edge().counts.delivered).toBe(4);
    deliver(1, { epoch: 1_000 });
    beat();
    const { announced, delivered, unobserved, inFlight, counts } = edge();
    expect({ announced, delivered, unobserved, inFlight, counts: counts.delivered }).toMatchObject({
      announced: 11,
      delivered: 5,
      unobserved: 6,
      inFlight: 0,
      counts: 5,
    });
  });

  it('refuses and counts reports of edges beyond its bound', () => {
    const { book, beat, deliver, instances } = setUp({ maxEdges: 1 });
    deliver(1);
    instances[0]?.edges.consumed.record({
      source: '/x',
      epoch: 0,
      topic: 'more',
      outcome: 'delivered',
      atMs: 0,
    });
    beat();
    expect(book.edges()).toHaveLength(1);
    expect(book.refusedTotal).toBe(1);
  });

  it('sums messages by contract over the epochs of a producer', () => {
    const { book, publish, producer, beat } = setUp();
    publish(3);
    producer.produced.published({ topic: TOPIC, sequence: producer.produced.assign(TOPIC), contract: 'v2' });
    beat();
    beat();
    const next = new EdgeAggregator({ source: '/service-a', epoch: 1_000 });
    next.produced.published({ topic: TOPIC, sequence: next.produced.assign(TOPIC), contract: 'v2' });
    for (const { aggregate } of next.collect()) {
      const report = parseEdgeReport(aggregate);
      if (report) book.absorb({ service: 'service-a', instance: 'a-2' }, report);
    }
    expect(book.produced()).toEqual([
      { producer: '/service-a', topic: TOPIC, contract: CONTRACT, count: 3 },
      { producer: '/service-a', topic: TOPIC, contract: 'v2', count: 2 },
    ]);
  });

  it.each([{ lostAfterMs: 0 }, { maxStreams: 1.5 }, { windowSize: 100 }, { maxEdges: Number.NaN }])(
    'refuses %j',
    (options) => {
      expect(() => new EdgeBook(options)).toThrow(expect.objectContaining({ name: 'EdgeAccountingError' }));
    },
  );
});

describe('takeChanged', () => {
  it('hands out each edge once, with the figures of all edges(), until it changes again', () => {
    const book = new EdgeBook({ consumersOf: () => ['b', 'c'] });
    const producer = new EdgeAggregator({ source: '/a', epoch: 1 });
    const report = () => {
      const sequence = producer.produced.assign('t');
      producer.produced.published({ topic: 't', sequence, contract: 'x' });
      for (const { aggregate } of producer.collect()) {
        const parsed = parseEdgeReport(aggregate);
        if (parsed) book.absorb({ service: 'a', instance: 'a-1' }, parsed);
      }
    };
    const figures = () => book.edges().map((edge) => ({ ...edge, latency: undefined }));
    report();
    const changed = book.takeChanged();
    expect(changed.map(([, edge]) => edge)).toEqual(figures());
    expect(book.takeChanged()).toEqual([]);
    report();
    const again = book.takeChanged();
    expect(again.map(([, edge]) => edge)).toEqual(figures());
    expect(again.every(([name], place) => name === changed[place]?.[0])).toBe(true);
  });

  it('hands out an edge on which time alone has lost something', () => {
    const book = new EdgeBook({ consumersOf: () => ['b'], lostAfterMs: 1_000, tailLostAfterMs: 2_000 });
    const producer = new EdgeAggregator({ source: '/a', epoch: 1 });
    producer.produced.published({ topic: 't', sequence: producer.produced.assign('t'), contract: 'x' });
    for (const { aggregate } of producer.collect()) {
      const parsed = parseEdgeReport(aggregate);
      if (parsed) book.absorb({ service: 'a', instance: 'a-1' }, parsed);
    }
    book.advance(0);
    book.takeChanged();
    book.advance(1_500);
    expect(book.takeChanged()).toEqual([]);
    book.advance(2_500);
    expect(book.takeChanged()).toMatchObject([[{ consumer: 'b' }, { lost: 1, inFlight: 0 }]]);
  });
});

describe('advance', () => {
  it('with a share moves on that many streams at a time, each in its turn', () => {
    const book = new EdgeBook({ consumersOf: () => ['b'], lostAfterMs: 1_000, tailLostAfterMs: 2_000 });
    for (const topic of ['t1', 't2', 't3', 't4']) {
      const producer = new EdgeAggregator({ source: '/a', epoch: 1 });
      producer.produced.published({ topic, sequence: producer.produced.assign(topic), contract: 'x' });
      for (const { aggregate } of producer.collect())
        book.absorb({ service: 'a', instance: 'a-1' }, parseEdgeReport(aggregate));
    }
    const lost = () => book.edges().flatMap((edge) => (edge.lost === 1 ? [edge.topic] : []));
    book.advance(0);
    book.advance(2_500, { share: 0.25 });
    expect(lost()).toEqual(['t1']);
    book.advance(2_500, { share: 0.5 });
    expect(lost()).toEqual(['t1', 't2', 't3']);
    book.advance(2_500, { share: 0.5 });
    expect(lost()).toEqual(['t1', 't2', 't3', 't4']);
  });
});
