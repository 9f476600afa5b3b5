import { EdgeAggregator, EdgeBook } from '@latido/edge-accounting';
import { createDetector, detectorSettings, type Fact } from '@latido/failure-detector';
import type { Heartbeat } from '@latido/heartbeat';
import { aHeartbeat } from '@latido/heartbeat/testing';
import { Monitor, type Reception } from './monitor';

const T = 1_000;

/** A monitor in virtual time that hears its own canaries and whoever is alive. */
class Rig {
  nowMs = 1_700_000_000_000;
  readonly facts: Fact[] = [];
  readonly receptions: Reception[] = [];
  readonly alive = new Map<string, { seq: number; service: string }>();
  canariesArrive = true;
  readonly monitor = new Monitor({
    detector: createDetector({
      settings: detectorSettings({ intervalMs: T, fixedMissedBeats: 3 }),
      nowMs: this.nowMs,
    }),
    book: new EdgeBook(),
    now: () => this.nowMs,
    sha256Hex: (text) => text,
    listeners: [
      { found: (facts) => this.facts.push(...facts) },
      { received: (reception) => this.receptions.push(reception) },
    ],
  });
  private canaries = 0;

  join(instanceId: string, service = 'shop'): void {
    this.alive.set(instanceId, { seq: 0, service });
  }

  run(durationMs: number): void {
    for (const endMs = this.nowMs + durationMs; this.nowMs < endMs; this.nowMs += T / 10) {
      if (this.nowMs % (T / 2) === 0) this.canary();
      if (this.nowMs % T === 0) for (const id of this.alive.keys()) this.beat(id);
      this.monitor.advance();
    }
  }

  beat(instanceId: string, change: Partial<Heartbeat> = {}): string | undefined {
    const member = this.alive.get(instanceId) ?? { seq: 0, service: 'shop' };
    member.seq += 1;
    return this.hear({
      service: member.service,
      instanceId,
      seq: member.seq,
      sentAtMs: this.nowMs - 5,
      uptimeMs: member.seq * T,
      intervalMs: T,
      ...change,
    });
  }

  hear(change: Partial<Heartbeat>): string | undefined {
    return this.monitor.take({ kind: 'heartbeat', heartbeat: aHeartbeat(change) });
  }

  state(instanceId: string): string | undefined {
    return this.monitor.detector.instance('shop', instanceId)?.state;
  }

  results(): readonly string[] {
    return this.receptions.flatMap((each) => (each.kind === 'heartbeat' ? [each.result] : []));
  }

  canary(): void {
    const id = `7-${(this.canaries += 1)}`;
    this.monitor.canarySent(id);
    if (this.canariesArrive) this.monitor.take({ kind: 'canary', id });
  }
}

function fleetOfThree(): Rig {
  const rig = new Rig();
  for (const id of ['a', 'b', 'c']) rig.join(id);
  rig.run(10 * T);
  return rig;
}

describe('Monitor', () => {
  test('declares an instance down within its budget when it falls silent', () => {
    const rig = fleetOfThree();
    rig.alive.delete('a');
    rig.run(4.5 * T);
    expect([rig.state('a'), rig.state('b')]).toEqual(['down', 'up']);
  });

  test('judges silence as soon as its own canary is back, without waiting for the next tick', () => {
    const rig = fleetOfThree();
    rig.alive.delete('a');
    rig.run(2.5 * T);
    expect(rig.state('a')).toBe('suspect');
    rig.nowMs += T / 20;
    rig.canary();
    expect(rig.state('a')).toBe('down');
  });

  test('takes a goodbye for what it is', () => {
    const rig = fleetOfThree();
    rig.beat('a', { state: 'goodbye' });
    rig.alive.delete('a');
    rig.run(20 * T);
    expect(rig.state('a')).toBe('left');
  });

  test('is blind when nothing arrives any more, and declares nobody down', () => {
    const rig = fleetOfThree();
    rig.alive.clear();
    rig.canariesArrive = false;
    rig.run(60 * T);
    expect(rig.monitor.detector.channel()).toMatchObject({ blind: true, reasons: ['lag', 'canary'] });
    expect(rig.facts.filter((fact) => fact.kind === 'transition' && fact.to === 'down')).toEqual([]);
  });

  test('counts nothing as lost that a consumer may have handled before it died', () => {
    const rig = new Rig();
    rig.join('a');
    rig.join('b');
    const edges = new EdgeAggregator({ source: '/shop', epoch: 1 });
    const consumed = {
      source: '/cart',
      epoch: 1,
      topic: 'orders',
      atMs: rig.nowMs,
      outcome: 'delivered',
    } as const;
    edges.consumed.record({ ...consumed, sequence: 1 });
    edges.consumed.record({ ...consumed, sequence: 4 });
    rig.beat('a', { edges: edges.collect().map(({ aggregate }) => aggregate) });
    rig.alive.delete('a');
    rig.run(110 * T);
    expect(rig.facts).toContainEqual(expect.objectContaining({ instanceId: 'a', to: 'down' }));
    expect(rig.monitor.book.edges()).toEqual([
      expect.objectContaining({ delivered: 2, lost: 0, lostTotal: 0, unobserved: 2 }),
    ]);
  });

  test('calls nothing lost of which it could not hear that it arrived', () => {
    const rig = fleetOfThree();
    const edges = new EdgeAggregator({ source: '/shop', epoch: 1 });
    const consumed = { source: '/cart', epoch: 1, topic: 'orders', atMs: 0, outcome: 'delivered' } as const;
    const reports = () => edges.collect().map(({ aggregate }) => aggregate);
    edges.consumed.record({ ...consumed, sequence: 1 });
    edges.consumed.record({ ...consumed, sequence: 3 });
    rig.beat('a', { edges: reports() });
    rig.run(10 * T);
    rig.canariesArrive = false;
    const heard = [...rig.alive];
    rig.alive.clear();
    rig.run(300 * T);
    expect(rig.monitor.book.edges()).toMatchObject([{ inFlight: 1, lostTotal: 0 }]);
    rig.canariesArrive = true;
    for (const [id, member] of heard) rig.alive.set(id, member);
    edges.consumed.record({ ...consumed, sequence: 2 });
    rig.beat('a', { edges: reports() });
    rig.run(300 * T);
    expect(rig.monitor.book.edges()).toMatchObject([{ delivered: 3, lostTotal: 0 }]);
  });

  test('takes the last reports off a goodbye that it knows from the record already', () => {
    const rig = new Rig();
    rig.join('a');
    rig.beat('a');
    const { incarnation } = rig.monitor.detector.instance('shop', 'a')!;
    rig.monitor.detector.recall({
      service: 'shop',
      instanceId: 'a',
      incarnation,
      state: 'left',
      atMs: rig.nowMs,
    });
    const edges = new EdgeAggregator({ source: '/shop', epoch: 1 });
    edges.consumed.record({
      source: '/cart',
      epoch: 1,
      topic: 'orders',
      sequence: 1,
      atMs: rig.nowMs,
      outcome: 'delivered',
    });
    rig.beat('a', { state: 'goodbye', edges: edges.collect().map(({ aggregate }) => aggregate) });
    expect([rig.results().at(-1), rig.state('a')]).toEqual(['stale', 'left']);
    expect(rig.monitor.book.edges()).toMatchObject([{ delivered: 1 }]);
  });

  test('ignores the canaries of other replicas', () => {
    const rig = new Rig();
    rig.monitor.take({ kind: 'canary', id: 'of-another-replica' });
    expect(rig.receptions).toEqual([{ kind: 'canary', roundTripMs: undefined }]);
    expect(rig.monitor.detector.channel().canaryReceivedAtMs).toBeUndefined();
  });

  test('says which service a message is about, and none for one that cannot be read', () => {
    const rig = new Rig();
    expect(rig.beat('a')).toBe('shop');
    expect(rig.monitor.receive({ body: 'heart', messageId: 'm', sentAtMs: 0 })).toBeUndefined();
    expect(rig.receptions.at(-1)).toEqual({ kind: 'refused', reason: 'malformed' });
  });

  test('reads edge reports off heartbeats, and leaves aside what is none', () => {
    const rig = new Rig();
    const consumer = new EdgeAggregator({ source: '/shop', epoch: 1 });
    const message = { source: '/service-a', epoch: 3, topic: 'orders', sequence: 1, atMs: rig.nowMs };
    consumer.consumed.record({ ...message, outcome: 'delivered' });
    const [report] = consumer.collect();
    rig.beat('a', { edges: [{ nonsense: true }, report?.aggregate ?? {}] });
    rig.beat('a', { edges: [report?.aggregate ?? {}] });
    expect(rig.monitor.book.edges()).toMatchObject([
      { producer: '/service-a', topic: 'orders', consumer: 'shop', counts: { delivered: 1 } },
    ]);
  });
});

describe('a hostile sender', () => {
  const others = (rig: Rig) => [rig.state('b'), rig.state('c')];

  test('cannot replay: a beat counts once', () => {
    const rig = fleetOfThree();
    const seq = rig.alive.get('a')?.seq ?? 0;
    const accepted = rig.results().length;
    for (let copy = 0; copy < 5; copy += 1)
      rig.hear({ service: 'shop', instanceId: 'a', seq, intervalMs: T });
    expect(new Set(rig.results().slice(accepted))).toEqual(new Set(['duplicate']));
  });

  test('cannot take a living instance over with a lower epoch, whatever its clock says', () => {
    const rig = fleetOfThree();
    const thief = { epoch: 1, token: 'thief' };
    rig.beat('a', { incarnation: thief, seq: 999, sentAtMs: rig.nowMs + 60_000, state: 'goodbye' });
    expect(rig.results().at(-1)).toBe('stale');
    expect(rig.state('a')).toBe('up');
  });

  test('cannot change the verdicts of others by ten thousand beats a second', () => {
    const rig = fleetOfThree();
    rig.join('flood');
    for (let second = 0; second < 5; second += 1) {
      for (let beat = 0; beat < 10_000; beat += 1) rig.beat('flood', { sentAtMs: rig.nowMs + 3_600_000 });
      rig.run(T);
    }
    expect(others(rig)).toEqual(['up', 'up']);
    rig.alive.delete('b');
    rig.run(4.5 * T);
    expect(others(rig)).toEqual(['down', 'up']);
  });

  test('cannot blind the monitor by a clock that is an hour ahead', () => {
    const rig = fleetOfThree();
    rig.join('future');
    for (let beat = 0; beat < 20; beat += 1) {
      rig.beat('future', { sentAtMs: rig.nowMs + 3_600_000 });
      rig.run(T / 2);
    }
    expect(rig.monitor.detector.channel().blind).toBe(false);
    expect(others(rig)).toEqual(['up', 'up']);
  });

  test('cannot fill the memory with names: the table has a bound for each service', () => {
    const rig = new Rig();
    const detector = createDetector({
      settings: detectorSettings({ intervalMs: T, maxInstancesPerService: 10 }),
      nowMs: rig.nowMs,
    });
    const monitor = new Monitor({
      detector,
      book: new EdgeBook(),
      now: () => rig.nowMs,
      sha256Hex: (text) => text,
      listeners: [{ received: (reception) => rig.receptions.push(reception) }],
    });
    for (let n = 0; n < 50; n += 1)
      monitor.take({ kind: 'heartbeat', heartbeat: aHeartbeat({ service: 'shop', instanceId: `i-${n}` }) });
    expect(rig.results().filter((result) => result === 'overflow')).toHaveLength(40);
    expect([...detector.instances('shop')]).toHaveLength(10);
  });
});
