import { InvalidDetectorSettingsError } from './errors';

/** What an operator may choose. Everything else follows from `intervalMs`. */
export interface DetectorOptions {
  /** Heartbeat interval T in milliseconds, 100 to 600,000; default 10,000. */
  readonly intervalMs?: number;
  /** Fixes k (missed beats that mean down), 1 to 16; left out, k follows the measured loss. */
  readonly fixedMissedBeats?: number;
  /** Services kept at most, default 1,000; heartbeats of further ones are refused as `overflow`. */
  readonly maxServices?: number;
  /** Instances kept at most for one service, default 20,000: one misbehaving service cannot fill the table. */
  readonly maxInstancesPerService?: number;
  /** Instances kept at most in all, default 120,000: about 1 KB each. */
  readonly maxInstances?: number;
}

/** Every number of the detector, in milliseconds where the name says so. Made by {@link detectorSettings}. */
export type DetectorSettings = ReturnType<typeof derive>;

const defaults = {
  intervalMs: 10_000,
  fixedMissedBeats: 0,
  maxServices: 1_000,
  maxInstancesPerService: 20_000,
  maxInstances: 120_000,
};

const bounds: Readonly<Record<keyof DetectorOptions, readonly [number, number]>> = {
  intervalMs: [100, 600_000],
  fixedMissedBeats: [1, 16],
  maxServices: [1, 1_000_000],
  maxInstancesPerService: [1, 1_000_000],
  maxInstances: [1, 1_000_000],
};

/**
 * Derives every duration of the detector from one heartbeat interval T, so that a test rig shortens
 * everything alike by one number and the rules keep their proportions.
 *
 * Only the event-loop stall stays at 1 s or more: a garbage collection of 300 ms is no stall however
 * short the interval.
 *
 * @throws {@link InvalidDetectorSettingsError} naming every option that is not a number within its bounds.
 * @example
 * detectorSettings({ intervalMs: 500 }).canaryPeriodMs; // => 250
 */
export function detectorSettings(options: DetectorOptions = {}): DetectorSettings {
  const problems = problemsOf(options);
  if (problems.length > 0) throw new InvalidDetectorSettingsError(problems);
  return derive({ ...defaults, ...options });
}

function problemsOf(options: DetectorOptions): readonly string[] {
  return Object.entries(bounds).flatMap(([name, [least, most]]) => {
    const value = options[name as keyof DetectorOptions];
    if (value === undefined || (Number.isFinite(value) && value >= least && value <= most)) return [];
    return [`${name} must be from ${least} to ${most}, got ${value}`];
  });
}

function derive(options: Required<DetectorOptions>) {
  const t = options.intervalMs;
  return Object.freeze({
    intervalMs: t,
    /** How often `advance` must be called. */
    tickMs: t / 10,
    maxServices: options.maxServices,
    maxInstancesPerService: options.maxInstancesPerService,
    maxInstances: options.maxInstances,

    // Sender time.
    /** Half of the window of the minimum transit: the minimum covers one to two of these, 5 to 10 minutes. */
    offsetHalfWindowMs: 30 * t,
    /** Both clocks of a sender show at least this transit on a proven channel: they jumped. */
    relearnJumpMs: t / 4,
    /** Two jumped beats that agree this closely are a new offset, not two delays. */
    relearnToleranceMs: t / 10,

    // The channel.
    canaryPeriodMs: t / 2,
    canaryMaxAgeMs: 1.5 * t,
    transitWindowMs: t,
    /** Samples of the transit window at most: beyond it the newest count, and 4,096 are plenty for a percentile. */
    transitMaxSamples: 4_096,
    provenLagMs: t / 2,
    blindLagMs: 1.5 * t,
    settleMs: 1.5 * t,
    /** Settling ends by itself after this: a transit that stays between proven and blind must not hold for ever. */
    settleAtMostMs: 30 * t,
    loopStallMs: Math.max(1_000, t / 10),
    loopStallMemoryMs: t,

    // Missed beats.
    fixedMissedBeats: options.fixedMissedBeats === 0 ? undefined : options.fixedMissedBeats,
    lossWindowBeats: 50_000,
    gapMaxBeats: 8,
    gapClearanceMs: 6 * t,
    lowerAfterMs: 360 * t,

    // Mass silence.
    massShare: 0.2,
    massAtLeast: 3,
    /**
     * Crossings within T belong together. Seen from here they may be further apart: the watermark of a quiet
     * fleet moves in steps of the canary period (0.5 T), and intervals vary by 5 % (0.1 T with the transit).
     */
    massWindowMs: 1.6 * t,
    massHoldAtMostMs: t,
    /** The alarm stays up this long after its edge: a scrape every 1.5 T must not miss it. */
    massRaisedMs: 6 * t,

    // Second witness, burial, expectation.
    /** A goodbye may still be on its way when the pod is gone already. */
    witnessGraceMs: t / 5,
    buryAfterMs: 30 * t,
    forgetDownMs: 8_640 * t,
    /** Longer than a heartbeat queue keeps anything, so no late copy finds its instance forgotten. */
    forgetLeftMs: 60 * t,
    expectedWindowMs: 60 * t,
  });
}
