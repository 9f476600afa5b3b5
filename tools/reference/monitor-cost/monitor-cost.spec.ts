import { gzipSync } from 'node:zlib';
import { createDetector, detectorSettings } from '@latido/failure-detector';
import { assert, integer, property, record } from 'fast-check';
import {
  type FleetShape,
  messagesAReceive,
  monthlyRequests,
  SNAPSHOT_BYTES_AN_INSTANCE,
} from './monthly-requests';
import { monthlyCost } from './prices';

const shape = (change: Partial<FleetShape> = {}): FleetShape => ({
  instances: 1_000,
  intervalSeconds: 10,
  replicas: 2,
  beatsAPublish: 1,
  messagesAReceive: 10,
  replacementsADay: 0,
  ...change,
});

describe('monthlyRequests', () => {
  it('counts by hand what one instance and one replica do with an interval of 10 s', () => {
    const found = monthlyRequests(
      shape({ instances: 1, replicas: 1, messagesAReceive: 1, replacementsADay: 1 }),
    );
    const [beats, ownBeats, canaries, snapshots, probes] = [259_200, 259_200, 518_400, 86_400, 1_296_000];
    expect(found).toEqual({
      snsPublishes: beats + ownBeats + canaries,
      snsOther: probes,
      sqsReceives: beats + ownBeats + canaries,
      sqsDeletes: beats + ownBeats + canaries,
      sqsOther: probes,
      writeUnits: (2 + 2) * snapshots + 2 * 30,
      readUnits: 2 * snapshots + 2 * canaries + 30 + probes / 2,
    });
  });

  it('batches publishes of instances only: a replica publishes for itself', () => {
    const alone = monthlyRequests(shape()).snsPublishes;
    const relayed = monthlyRequests(shape({ beatsAPublish: 10 })).snsPublishes;
    expect(alone - relayed).toBeCloseTo(0.9 * 259_200_000);
  });

  it('never costs less with more instances, more replicas, or a shorter interval', () => {
    const shapes = record({
      instances: integer({ min: 1, max: 100_000 }),
      replicas: integer({ min: 1, max: 5 }),
      intervalSeconds: integer({ min: 2, max: 60 }),
      messagesAReceive: integer({ min: 1, max: 10 }),
    });
    const costOf = (change: Partial<FleetShape>) => monthlyCost(monthlyRequests(shape(change))).total;
    assert(
      property(shapes, (one) => {
        const cost = costOf(one);
        expect(costOf({ ...one, instances: one.instances + 1 })).toBeGreaterThan(cost);
        expect(costOf({ ...one, replicas: one.replicas + 1 })).toBeGreaterThan(cost);
        expect(costOf({ ...one, intervalSeconds: one.intervalSeconds - 1 })).toBeGreaterThan(cost);
      }),
    );
  });

  it('takes as many bytes for an instance in a snapshot as a real one has, within a fifth', () => {
    const bytes = gzipSync(JSON.stringify(heardFleet(1_000).snapshot())).length / 1_000;
    expect(Math.abs(bytes / SNAPSHOT_BYTES_AN_INSTANCE - 1)).toBeLessThan(0.2);
  });
});

describe('messagesAReceive', () => {
  const brought = (instances: number, pollers: number, gatherSeconds = 0) =>
    messagesAReceive({ instances, intervalSeconds: 10, pollers, cycleSeconds: 0.03, gatherSeconds });

  it('is what comes while a poller is busy or pauses, from one to ten', () => {
    expect(brought(1_000, 1)).toBeCloseTo(3);
    expect(brought(1_000, 2)).toBeCloseTo(1.5);
    expect(brought(1_000, 2, 0.05)).toBeCloseTo(4);
    expect(brought(10, 2)).toBe(1);
    expect(brought(100_000, 2)).toBe(10);
  });
});

describe('monthlyCost', () => {
  it('is requests times prices', () => {
    const requests = {
      snsPublishes: 3e6,
      snsOther: 1e6,
      sqsReceives: 4e6,
      sqsDeletes: 4e6,
      sqsOther: 2e6,
      writeUnits: 8e6,
      readUnits: 16e6,
    };
    expect(monthlyCost(requests)).toEqual({ sns: 2, sqs: 4, dynamodb: 7, total: 13 });
  });
});

/** As many instances as wanted, with ids, clocks and transits that do not compress better than real ones. */
function heardFleet(instances: number) {
  const startMs = Date.UTC(2026, 0, 1);
  const detector = createDetector({ settings: detectorSettings(), nowMs: startMs });
  const random = lehmer(1);
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
  for (let i = 0; i < instances; i += 1) {
    const instanceId = [8, 4, 4, 4, 12].map(hex).join('-');
    const epoch = Math.floor(random() * 100) * 1_000;
    const incarnation = `${epoch}-${hex(8)}`;
    const [skewMs, uptimeMs, firstSeq] = [100 * random(), 1e8 * random(), Math.floor(50_000 * random())];
    for (let beat = 0; beat < 40; beat += 1) {
      const atMs = startMs + beat * 10_000 + 10_000 * random();
      detector.heartbeat(
        {
          service: `service-${i % 20}`,
          instanceId,
          incarnation,
          epoch,
          seq: firstSeq + beat,
          sentAtMs: Math.trunc(atMs + skewMs),
          uptimeMs: Math.trunc(uptimeMs + beat * 10_000),
          intervalMs: 10_000,
          state: 'up',
          version: '1.4.2',
          zone: `us-east-1${'abc'[i % 3]}`,
        },
        atMs + 20 + 60 * random(),
      );
    }
  }
  return detector;
}

/** Lehmer's generator: the same numbers in every run. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
