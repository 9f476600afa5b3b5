import type { Measurement } from './fleet-simulation';
import { poissonInterval, quantile } from './statistics';

/** Heartbeats an instance sends in a day at T = 10 s. */
const beatsPerDay = 8_640;

/**
 * Wrong verdicts to be expected per instance and day: k losses in a row, then one that comes.
 *
 *     (beats a day) p^k (1 - p)
 */
export function expectedWrongPerDay({
  loss,
  missedBeats,
}: {
  readonly loss: number;
  readonly missedBeats: number;
}): number {
  return beatsPerDay * loss ** missedBeats * (1 - loss);
}

/** What of a row's bounds a run refutes, in words; nothing when the row holds. */
export function violationsOf(measurement: Measurement): readonly string[] {
  const { condition, scores, members } = measurement;
  const { bounds } = condition;
  const [ours] = scores;
  if (ours === undefined) return ['nothing was measured'];
  const seconds = (values: readonly number[], share: number) => (quantile(values, share) ?? 0) / 1_000;
  const checks: readonly Check[] = [
    ['deaths never declared', ours.missed, 0],
    ['p50 s', seconds(ours.detectionMs, 0.5), bounds.p50Seconds],
    ['p99 s', seconds(ours.detectionMs, 0.99), bounds.p99Seconds],
    ['s after the drain', seconds(ours.afterDrainMs, 1), bounds.afterDrainSeconds],
    ['s to left, p50', seconds(ours.leftMs, 0.5), bounds.leftP50Seconds],
    ['s to left, p99', seconds(ours.leftMs, 0.99), bounds.leftP99Seconds],
    ['s to the mass alarm, p50', seconds(measurement.massAlarmMs, 0.5), bounds.massAlarmP50Seconds],
    ['mass alarms missing', measurement.massDeaths - measurement.massAlarmMs.length, missingAlarms(bounds)],
    ['wrong verdicts', ours.wrong, bounds.wrongSeen],
    [
      'wrong a day, lower bound',
      poissonInterval(ours.wrong).lower / measurement.instanceDays,
      bounds.wrongPerDay,
    ],
    ['of the time blind, lower bound', blindLowerBound(measurement), bounds.blindShare],
    ['s blind without a break', measurement.longestBlindMs / 1_000, bounds.blindAtMostSeconds],
  ];
  return checks.flatMap(([what, measured, limit]) =>
    limit === undefined || measured <= limit
      ? []
      : [`${condition.name}, ${members} instances: ${round(measured)} ${what}, at most ${limit}`],
  );
}

type Check = readonly [what: string, measured: number, limit: number | undefined];

const missingAlarms = ({ massAlarmP50Seconds }: { readonly massAlarmP50Seconds?: number }) =>
  massAlarmP50Seconds === undefined ? undefined : 0;

/** Blindness comes in a few long pieces, and a short run may have one by bad luck. */
function blindLowerBound({ blindShare, blindPeriods }: Measurement): number {
  return blindPeriods === 0 ? 0 : (blindShare * poissonInterval(blindPeriods).lower) / blindPeriods;
}

const round = (value: number) => Number(value.toPrecision(3));
