import { conditions, formulaConditions } from './conditions';
import { runFleet } from './fleet-simulation';
import { expectedWrongPerDay, violationsOf } from './judge-quality';
import { poissonInterval } from './statistics';

const hourMs = 3_600_000;

/** The short form of `npm run simulate -- detector`: small fleets, hours instead of days. */
const rows = conditions.flatMap((condition) =>
  [3, 20]
    .filter((members) => members >= (condition.leastMembers ?? 1))
    .map((members) => ({ condition, members, name: `${condition.title}, ${members} instances` })),
);

describe('the quality of the failure detector', () => {
  it.each(rows)('holds with $name', ({ condition, members }) => {
    const measured = runFleet({
      condition,
      members,
      seed: 1,
      measuredMs: Math.max(condition.leastMs ?? 0, (20 * hourMs) / members),
      learningMs: hourMs,
      references: false,
    });
    expect(violationsOf(measured)).toEqual([]);
  });

  it.each(conditions.filter(({ name }) => name === 'stalls' || name === 'all-die' || name === 'clean'))(
    'holds for a single instance with $title',
    (condition) => {
      const run = { members: 1, seed: 2, measuredMs: 16 * hourMs, learningMs: hourMs, references: false };
      expect(violationsOf(runFleet({ condition, ...run }))).toEqual([]);
    },
  );

  it('gives as many wrong verdicts as the formula says where there are enough to count', () => {
    const condition = formulaConditions.find(({ name }) => name === 'formula-5-3');
    if (condition === undefined) throw new Error('no such condition');
    const { instanceDays, scores } = runFleet({
      condition,
      members: 200,
      seed: 3,
      measuredMs: 1.5 * hourMs,
      learningMs: hourMs / 6,
      references: false,
    });
    const { lower, upper } = poissonInterval(scores[0]?.wrong ?? 0);
    const expected = instanceDays * expectedWrongPerDay({ loss: 0.05, missedBeats: 3 });
    expect(expected).toBeGreaterThan(lower);
    expect(expected).toBeLessThan(upper);
  });

  it('is told from that of detectors that know no channel: in a stall they declare everybody dead', () => {
    const condition = conditions.find(({ name }) => name === 'stalls');
    if (condition === undefined) throw new Error('no such condition');
    const { scores } = runFleet({
      condition,
      members: 20,
      seed: 4,
      measuredMs: 4 * hourMs,
      learningMs: hourMs / 6,
      references: true,
    });
    const wrong = Object.fromEntries(scores.map((score) => [score.detector, score.wrong]));
    expect(wrong).toMatchObject({ latido: 0 });
    expect(wrong['fixed 40 s']).toBeGreaterThan(20);
    expect(wrong['phi-accrual, pause 3 T']).toBeGreaterThan(20);
  });

  it('is the same for the same seed', () => {
    const [condition] = conditions;
    if (condition === undefined) throw new Error('no such condition');
    const run = { condition, members: 3, measuredMs: hourMs, learningMs: hourMs / 6, references: true };
    expect(runFleet({ ...run, seed: 9 })).toEqual(runFleet({ ...run, seed: 9 }));
    expect(runFleet({ ...run, seed: 9 })).not.toEqual(runFleet({ ...run, seed: 10 }));
  });
});
