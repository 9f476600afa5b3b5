import { FixedTimeout, Lease, PhiAccrual } from './reference-detectors';
import { Scorer, type Truth } from './scorer';

const beatUntil = (
  detector: { arrived(member: Truth, atMs: number): void },
  member: Truth,
  untilMs: number,
) => {
  for (let atMs = 0; atMs <= untilMs; atMs += 10_000) detector.arrived(member, atMs);
};

it('nobody is blamed for the death of one of which nothing arrived', () => {
  expect(new Scorer<Truth>('any').finish([{ diedMs: 5, unheard: true }])).toMatchObject({
    deaths: 0,
    missed: 0,
  });
});

describe('FixedTimeout', () => {
  it('declares a death its timeout after the last arrival', () => {
    const member: Truth = { diedMs: 65_000 };
    const detector = new FixedTimeout(new Scorer<Truth>('fixed'), 40_000);
    beatUntil(detector, member, 60_000);
    detector.finish(200_000);
    expect(detector.scorer.finish([member])).toMatchObject({ detectionMs: [35_000], missed: 0, wrong: 0 });
  });

  it('is wrong when four beats are lost, until the next comes', () => {
    const member: Truth = {};
    const detector = new FixedTimeout(new Scorer<Truth>('fixed'), 40_000);
    detector.arrived(member, 0);
    detector.arrived(member, 50_000);
    expect(detector.scorer.finish([member])).toMatchObject({ wrong: 1, mistakeMs: [10_000] });
  });

  it('takes a goodbye for an end, and nobody for dead after it', () => {
    const member: Truth = { leftMs: 5_000 };
    const detector = new FixedTimeout(new Scorer<Truth>('fixed'), 40_000);
    detector.arrived(member, 0);
    detector.goodbye(member, 5_100);
    detector.arrived(member, 6_000);
    detector.finish(200_000);
    expect(detector.scorer.finish([member])).toMatchObject({ wrong: 0, leftMs: [100] });
  });
});

describe('PhiAccrual', () => {
  const made = (pauseMs: number) =>
    new PhiAccrual(new Scorer<Truth>('phi'), { intervalMs: 10_000, threshold: 8, pauseMs });

  it('gives up 5.6 deviations after the mean interval, and a pause later with a pause', () => {
    const times = [0, 30_000].map((pauseMs) => {
      const member: Truth = { diedMs: 2_000_000 };
      const detector = made(pauseMs);
      beatUntil(detector, member, 2_000_000);
      detector.finish(3_000_000);
      return detector.scorer.finish([member]).detectionMs[0] ?? 0;
    });
    expect(times[0]).toBeCloseTo(15_612, 0);
    expect(times[1]).toBeCloseTo(45_612, 0);
  });

  it('is wrong about a sender of which one beat is lost', () => {
    const member: Truth = {};
    const detector = made(0);
    beatUntil(detector, member, 2_000_000);
    detector.arrived(member, 2_020_000);
    expect(detector.scorer.wrongSoFar).toBe(1);
  });
});

describe('Lease', () => {
  const run = (members: readonly Truth[], alive: (place: number, atMs: number) => boolean) => {
    const detector = new Lease(new Scorer<Truth>('lease'), { intervalMs: 10_000, selfPreservation: true });
    for (let atMs = 0; atMs < 600_000; atMs += 10_000) {
      for (const [place, member] of members.entries()) if (alive(place, atMs)) detector.arrived(member, atMs);
      detector.advance(atMs);
    }
    return detector.scorer.finish(members);
  };

  it('evicts one of twenty after 90 s, at the next collection', () => {
    const members = Array.from({ length: 20 }, (_, place): Truth => (place === 0 ? { diedMs: 100_000 } : {}));
    const { detectionMs } = run(members, (place, atMs) => place > 0 || atMs < 100_000);
    expect(detectionMs).toEqual([140_000]);
  });

  it('preserves itself when half of the fleet dies: it never says so', () => {
    const members = Array.from({ length: 20 }, (_, place): Truth => (place < 10 ? { diedMs: 100_000 } : {}));
    expect(run(members, (place, atMs) => place >= 10 || atMs < 100_000)).toMatchObject({ missed: 10 });
  });
});
