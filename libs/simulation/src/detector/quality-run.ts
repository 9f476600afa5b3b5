import { conditions, formulaConditions } from './conditions';
import { type FleetRun, type Measurement, runFleet } from './fleet-simulation';

/** Fleet sizes of every row. */
const fleetSizes: readonly number[] = [1, 3, 5, 20, 200, 2_000];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Heartbeats of one cell at least, unless that takes longer than the most of simulated time. */
const beatsPerCell = 200_000;
const mostMs = 4 * dayMs;
/** A row that asks for more time than this in a large fleet gets no more: many instances show in hours what few show in days. */
const mostBeatsPerCell = 3_000_000;
/** Enough instance-days for some 30 wrong verdicts at each loss. */
const formulaBeats = 3_000_000;

/**
 * One run for every row and size, then those that check the formula.
 *
 * @param scale - 0.1 simulates a tenth of the time; the bounds are then judged on less.
 */
export function planQuality({
  seed,
  scale,
}: {
  readonly seed: number;
  readonly scale: number;
}): readonly FleetRun[] {
  const rows = conditions.flatMap((condition) =>
    fleetSizes
      .filter((members) => members >= (condition.leastMembers ?? 1))
      .map((members) => ({ condition, members, references: true })),
  );
  const checks = formulaConditions.map((condition) => ({ condition, members: 200, references: false }));
  return [...rows, ...checks].map((run, i) => ({
    ...run,
    seed: seed + i,
    learningMs: Math.min(3 * hourMs, Math.max(hourMs / 4, (9 * hourMs) / run.members)),
    measuredMs: scale * measuredMs(run),
  }));
}

/** Runs a plan; `progress` hears of every run that ended. */
export function runQuality(
  plan: readonly FleetRun[],
  progress: (measurement: Measurement, done: number) => void,
): readonly Measurement[] {
  return plan.map((run, i) => {
    const measurement = runFleet(run);
    progress(measurement, i + 1);
    return measurement;
  });
}

function measuredMs({ condition, members }: Pick<FleetRun, 'condition' | 'members'>): number {
  const beats = condition.fixedMissedBeats === undefined ? beatsPerCell : formulaBeats;
  const leastMs = Math.min(condition.leastMs ?? 0, (mostBeatsPerCell / members) * 10_000);
  return Math.max(leastMs, Math.min(mostMs, (beats / members) * 10_000));
}
