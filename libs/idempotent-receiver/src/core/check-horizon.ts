/** How long one queue can keep a message before somebody sees it for the last time. */
export interface QueueRetention {
  readonly name: string;
  readonly retentionMs: number;
  /** 0 for a queue without a dead-letter queue. */
  readonly deadLetterRetentionMs: number;
}

/** A queue whose messages may come again after their claims are forgotten. */
export interface HorizonGap {
  readonly queue: string;
  readonly longestRedeliveryMs: number;
}

export type HorizonCheck =
  { readonly outcome: 'ok' } | { readonly outcome: 'too_short'; readonly gaps: readonly HorizonGap[] };

/**
 * Checks at start that claims outlive every redelivery.
 *
 *     |-- retention --|-- dead-letter retention --|-- redrive --|
 *     sent                                                      last delivery   <= horizon, or refuse to start
 *
 * A redelivery of exactly the horizon is covered: claims live a day longer.
 *
 * @param input.redriveMs - how long a message may stay after an operator sends it from the
 *   dead-letter queue back: the longest queue retention, unless redrives are never done (0).
 * @example
 * checkHorizon({ horizonMs: 45 * day, redriveMs: 14 * day, queues: [
 *   { name: 'service-b', retentionMs: 14 * day, deadLetterRetentionMs: 14 * day }] }); // => { outcome: 'ok' }
 */
export function checkHorizon(input: {
  readonly horizonMs: number;
  readonly queues: readonly QueueRetention[];
  readonly redriveMs: number;
}): HorizonCheck {
  const gaps = input.queues
    .map(({ name, retentionMs, deadLetterRetentionMs }) => ({
      queue: name,
      longestRedeliveryMs: retentionMs + deadLetterRetentionMs + input.redriveMs,
    }))
    .filter(({ longestRedeliveryMs }) => longestRedeliveryMs > input.horizonMs);
  return gaps.length === 0 ? { outcome: 'ok' } : { outcome: 'too_short', gaps };
}
