/** The heartbeat interval of production, to which all durations of rules and routes belong. */
const PRODUCTION_INTERVAL_MS = 10_000;
/** Durations up to this many heartbeats keep their proportion to the heartbeat. */
const PROPORTIONAL_UP_TO_BEATS = 30;

/**
 * How fast the clock of the rig runs, by the one setting that shortens everything: the heartbeat interval T.
 *
 *     scrape and rule interval   1.5 T, as 15 s are to 10 s
 *     durations up to 30 T       in proportion
 *     longer ones                pressed together by a logarithm: they stay longer than all shorter ones, and
 *                                nobody waits for the three days of a burn rate
 */
export class Pace {
  /** @param intervalMs - T, 1,000 to 10,000; 10,000 shortens nothing. */
  constructor(readonly intervalMs: number) {}

  /** A number of heartbeats as a time. */
  beats(count: number): number {
    return count * this.intervalMs;
  }

  get scrapeIntervalMs(): number {
    return this.beats(1.5);
  }

  /** A duration of production in the time of the rig. */
  shorten(durationMs: number): number {
    if (this.intervalMs === PRODUCTION_INTERVAL_MS) return durationMs;
    const beats = durationMs / PRODUCTION_INTERVAL_MS;
    return Math.round(this.beats(pressed(beats)));
  }
}

function pressed(beats: number): number {
  if (beats <= PROPORTIONAL_UP_TO_BEATS) return beats;
  return PROPORTIONAL_UP_TO_BEATS * (1 + Math.log(beats / PROPORTIONAL_UP_TO_BEATS) / 3);
}
