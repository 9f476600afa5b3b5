const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * How far back a copy of a request is still recognised: 45 days. SQS keeps a message at most 14 days
 * in a queue and 14 more in its dead-letter queue; a redrive starts 14 again, which makes 42.
 */
export const DEFAULT_HORIZON_MS = 45 * DAY_MS;

/**
 * When a claim may be forgotten: max(now, event time) + horizon + 1 day, in seconds since 1970,
 * rounded up.
 *
 * The event time counts because a sender's clock may be ahead of ours, and its event is younger than
 * the horizon for as long. The day is for clocks and for whoever looks at the horizon a little late.
 */
export function claimExpiry(input: {
  readonly nowMs: number;
  readonly eventTimeMs?: number;
  readonly horizonMs: number;
}): number {
  const { nowMs, eventTimeMs = nowMs, horizonMs } = input;
  return Math.ceil((Math.max(nowMs, eventTimeMs) + horizonMs + DAY_MS) / 1000);
}

/**
 * Whether an event is too old to be told from a copy: its claim may be gone. Quarantine it, never
 * apply it. An age of exactly the horizon is still inside.
 */
export function isBeyondHorizon(input: {
  readonly eventTimeMs: number;
  readonly nowMs: number;
  readonly horizonMs: number;
}): boolean {
  return input.nowMs - input.eventTimeMs > input.horizonMs;
}
