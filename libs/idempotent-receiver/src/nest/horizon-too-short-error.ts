import type { HorizonGap } from '../core/check-horizon';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Claims would be forgotten while their messages can still come again, and an effect would happen twice. */
export class HorizonTooShortError extends Error {
  override readonly name = 'HorizonTooShortError';
  readonly code = 'horizon_too_short';

  constructor(
    readonly horizonMs: number,
    readonly gaps: readonly HorizonGap[],
  ) {
    const longestMs = Math.max(...gaps.map(({ longestRedeliveryMs }) => longestRedeliveryMs));
    const queues = gaps.map(
      ({ queue, longestRedeliveryMs }) => `${queue} (${days(longestRedeliveryMs)} days)`,
    );
    super(
      `the dedup horizon of ${days(horizonMs)} days is shorter than what can be redelivered by ` +
        `${queues.join(', ')}: raise it to ${days(longestMs)} days or shorten the retention of these queues`,
    );
  }
}

function days(ms: number): number {
  return Math.ceil((ms / DAY_MS) * 10) / 10;
}
