import type { Bounds, Condition } from './condition';

const hourMs = 3_600_000;
const quick = { leastMs: 15, meanExtraMs: 60 };
const minuteMs = 60_000;
/** With the beat that was due before, silence of up to 32 s, of which nobody has died. */
const standStill = { everyMs: minuteMs / 2, mostMs: 22_000 };
const asClean: Bounds = { p50Seconds: 34, p99Seconds: 42, wrongSeen: 0 };

/** The rows of the quality table, at T = 10 s. */
export const conditions: readonly Condition[] = [
  {
    name: 'clean',
    title: 'a clean channel',
    channel: { transit: quick },
    endings: { kind: 'death' },
    bounds: { ...asClean, blindShare: 0 },
  },
  {
    name: 'jitter',
    title: '0.1 % loss and 1 s jitter',
    channel: { transit: { leastMs: 15, meanExtraMs: 1_000, uniform: true }, loss: 0.001 },
    endings: { kind: 'death' },
    bounds: { p50Seconds: 34, p99Seconds: 42, wrongPerDay: 1e-5 },
  },
  {
    name: 'leave',
    title: 'announced leaves, 0.1 % loss',
    channel: { transit: quick, loss: 0.001 },
    endings: { kind: 'leave' },
    bounds: { leftP50Seconds: 2, leftP99Seconds: 5, wrongPerDay: 1e-5 },
  },
  {
    name: 'leave-lossy',
    title: 'announced leaves, 5 % loss',
    channel: { transit: quick, loss: 0.05 },
    endings: { kind: 'leave' },
    bounds: { leftP50Seconds: 2, leftP99Seconds: 5 },
  },
  {
    name: 'pod-kill',
    title: 'pods killed, with the second witness',
    channel: { transit: quick, loss: 0.001 },
    endings: { kind: 'pod_kill' },
    bounds: { p50Seconds: 5, p99Seconds: 5, wrongPerDay: 1e-5 },
  },
  {
    name: 'loss-1',
    title: '1 % loss',
    channel: { transit: quick, loss: 0.01 },
    endings: { kind: 'death' },
    bounds: { p50Seconds: 44, p99Seconds: 52, wrongPerDay: 1e-4 },
  },
  {
    name: 'loss-5',
    title: '5 % loss',
    channel: { transit: quick, loss: 0.05 },
    endings: { kind: 'death' },
    bounds: { p50Seconds: 64, p99Seconds: 72, wrongPerDay: 2e-4, blindShare: 0.005 },
    leastMs: 2 * hourMs,
  },
  {
    name: 'stalls',
    title: 'a queue that stalls for 60 to 180 s every hour',
    channel: { transit: quick, stalls: { everyMs: hourMs, leastMs: 60_000, mostMs: 180_000 } },
    endings: { kind: 'death' },
    bounds: { p50Seconds: 35, afterDrainSeconds: 50, wrongSeen: 0 },
    leastMs: 3 * hourMs,
  },
  {
    name: 'stalls-pauses',
    title: 'a queue that stalls every ten minutes, processes that stand still for up to 22 s twice a minute',
    channel: { transit: quick, stalls: { everyMs: hourMs / 6, leastMs: 60_000, mostMs: 180_000 } },
    senders: { pauses: standStill },
    endings: { kind: 'death' },
    bounds: { p50Seconds: 35, afterDrainSeconds: 50, wrongSeen: 0 },
    leastMs: 6 * hourMs,
  },
  {
    name: 'slow-deliveries',
    title: 'deliveries that take up to 9 s, processes that stand still for up to 22 s twice a minute',
    channel: { transit: { leastMs: 15, meanExtraMs: 9_000, uniform: true } },
    senders: { pauses: standStill },
    endings: { kind: 'death' },
    bounds: { p50Seconds: 44, p99Seconds: 52, wrongSeen: 0, blindShare: 0 },
    leastMembers: 20,
    leastMs: 3 * hourMs,
  },
  {
    name: 'monitor-pauses',
    title: 'a monitor that stands still for 8 to 10 s twice a minute, processes that do for up to 22 s',
    channel: { transit: quick },
    senders: { pauses: standStill },
    monitor: { kind: 'pause', everyMs: minuteMs / 2, leastMs: 8_000, mostMs: 10_000 },
    endings: { kind: 'death' },
    bounds: { p50Seconds: 44, wrongSeen: 0 },
    leastMs: 8 * hourMs,
  },
  {
    name: 'monitor-restarts',
    title:
      'a monitor that is killed every 20 minutes and away for 10 s to 2 minutes, its queue purged before it is back',
    channel: { transit: quick, isPurged: true },
    monitor: { kind: 'restart', everyMs: hourMs / 3, leastMs: 10_000, mostMs: 2 * minuteMs },
    endings: { kind: 'death' },
    bounds: { p50Seconds: 35, afterDrainSeconds: 40, wrongSeen: 0 },
    leastMs: 4 * hourMs,
  },
  {
    name: 'monitor-restarts-lossy',
    title: '6 % loss, a monitor that is killed every 10 minutes and away for 5 to 15 s',
    channel: { transit: quick, loss: 0.06 },
    monitor: { kind: 'restart', everyMs: hourMs / 6, leastMs: 5_000, mostMs: 15_000 },
    endings: { kind: 'death' },
    bounds: { p50Seconds: 72, afterDrainSeconds: 80, wrongPerDay: 4e-4 },
    leastMs: 12 * hourMs,
  },
  {
    name: 'redelivery',
    title: 'every message delivered five times',
    channel: { transit: quick, copies: { count: 4, withinMs: 120_000 } },
    endings: { kind: 'death' },
    bounds: { ...asClean, blindShare: 0 },
  },
  {
    name: 'restarts',
    title: 'processes that start again in place every half hour, every message delivered five times',
    channel: { transit: quick, copies: { count: 4, withinMs: 120_000 } },
    senders: { restarts: { everyMs: hourMs / 2 } },
    endings: { kind: 'death' },
    bounds: asClean,
    leastMs: hourMs,
  },
  {
    name: 'clocks-off',
    title: 'clocks off by up to 5 minutes',
    channel: { transit: quick },
    senders: { clocks: { offByMs: 300_000 } },
    endings: { kind: 'death' },
    bounds: asClean,
  },
  {
    name: 'clocks-stepped',
    title: 'clocks stepped by up to 5 minutes every hour',
    channel: { transit: quick },
    senders: { clocks: { offByMs: 300_000, stepEveryMs: hourMs } },
    endings: { kind: 'death' },
    bounds: asClean,
    leastMs: hourMs,
  },
  {
    name: 'half-dies',
    title: 'half of the fleet dying at once',
    channel: { transit: quick },
    endings: { kind: 'mass', share: 0.5 },
    bounds: { ...asClean, massAlarmP50Seconds: 27, blindAtMostSeconds: 10 },
    leastMembers: 5,
    leastMs: 4 * hourMs,
  },
  {
    name: 'quarter-dies',
    title: 'a quarter of the fleet dying at once (5 of 20)',
    channel: { transit: quick },
    endings: { kind: 'mass', share: 0.25 },
    bounds: { ...asClean, massAlarmP50Seconds: 27, blindAtMostSeconds: 10 },
    leastMembers: 20,
    leastMs: 4 * hourMs,
  },
  {
    name: 'all-die',
    title: 'the whole fleet dying at once',
    channel: { transit: quick },
    endings: { kind: 'mass', share: 1 },
    bounds: { ...asClean, massAlarmP50Seconds: 27, blindAtMostSeconds: 10 },
    leastMs: 4 * hourMs,
  },
  {
    name: 'bursts',
    title: '2 % loss in bursts of 3 beats (Gilbert-Elliott)',
    channel: { transit: quick, loss: 0.02, burstBeats: 3 },
    endings: { kind: 'death' },
    bounds: {},
  },
  {
    name: 'slow-sender',
    title: 'one sender whose messages take 0 to 25 s',
    channel: { transit: quick, slowSenderMs: 25_000 },
    endings: { kind: 'death' },
    bounds: {},
  },
  {
    name: 'pauses',
    title: 'processes that stand still for up to 20 s every half hour',
    channel: { transit: quick },
    senders: { pauses: { everyMs: hourMs / 2, mostMs: 20_000 } },
    endings: { kind: 'death' },
    bounds: asClean,
    leastMs: hourMs,
  },
  {
    name: 'rolling',
    title: 'a rolling deploy every half hour, 0.1 % loss',
    channel: { transit: quick, loss: 0.001 },
    endings: { kind: 'rolling' },
    bounds: { leftP50Seconds: 2, leftP99Seconds: 5, wrongPerDay: 1e-5 },
    leastMs: hourMs,
  },
  {
    name: 'lost-goodbyes',
    title: 'leaves of which every goodbye is lost',
    channel: { transit: quick },
    endings: { kind: 'lost_goodbye' },
    bounds: asClean,
  },
];

/** Runs that only check the formula of wrong verdicts: k is fixed low enough for some to be seen. */
export const formulaConditions: readonly Condition[] = [
  formulaAt(0.02, 3),
  formulaAt(0.03, 3),
  formulaAt(0.05, 3),
  formulaAt(0.05, 4),
];

function formulaAt(loss: number, missedBeats: number): Condition {
  return {
    name: `formula-${100 * loss}-${missedBeats}`,
    title: `${100 * loss} % loss, k fixed at ${missedBeats}`,
    channel: { transit: quick, loss },
    endings: { kind: 'none' },
    bounds: {},
    fixedMissedBeats: missedBeats,
  };
}
