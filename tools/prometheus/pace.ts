/** The heartbeat interval of production, to which all durations of rules and routes belong. */
const PRODUCTION_INTERVAL_MS = 10_000;
/** Durations up to this many heartbeats keep their proportion to the heartbeat. */
const PROPORTIONAL_UP_TO_BEATS = 24;
/** What is e times as long as that takes a sixth more of it. */
const PRESSED_BY = 6;

/**
 * How fast the clock of the rig runs, by the one setting that shortens everything: the heartbeat interval T.
 *
 *     scrape and rule interval   1.5 T, as 15 s are to 10 s
 *     durations up to 24 T       in proportion
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

  /** What a service is told: the interval, and the settings that wait for others to fall silent, in proportion to it. */
  get settings(): Readonly<Record<string, string>> & { readonly HEARTBEAT_INTERVAL_MS: string } {
    const minuteMs = String(this.beats(6));
    return {
      HEARTBEAT_INTERVAL_MS: String(this.intervalMs),
      CONSUMER_VISIBILITY_SECONDS: String(Math.ceil(this.beats(3) / 1_000)),
      LOG_WATCH_INTERVAL_MS: minuteMs,
      LOG_ABANDONED_AFTER_MS: minuteMs,
      EVENT_OVERDUE_AFTER_MS: minuteMs,
    };
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
  return PROPORTIONAL_UP_TO_BEATS * (1 + Math.log(beats / PROPORTIONAL_UP_TO_BEATS) / PRESSED_BY);
}
