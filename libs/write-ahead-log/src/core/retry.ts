/**
 * Repeats a call to a store after failures that may pass, a bounded number of times.
 *
 * The call carries its token inside, so each repetition is the same logical write: one that had succeeded and
 * whose reply was lost is recognised by that token.
 */
export type Retry = <T>(call: () => Promise<T>) => Promise<T>;

export interface RetryOptions {
  /** Calls in all, the first included; at least 1. */
  readonly attempts: number;
  /** Upper end of the first wait; it doubles with each failure. The wait is random between 0 and that. */
  readonly firstDelayMs: number;
  /** No wait is longer. */
  readonly maxDelayMs: number;
}

/** 5 calls within about 1.5 seconds: well inside the visibility time-out of a message. */
const DEFAULT_RETRY: RetryOptions = { attempts: 5, firstDelayMs: 100, maxDelayMs: 2_000 };

/**
 * A {@link Retry} with full jitter (waits are spread over their whole range, so that many writers do not return
 * at once). Errors without `transient: true` are thrown at once: repeating them changes nothing.
 *
 * @throws the error of the last attempt.
 * @example
 * const retry = boundedRetry({ delay: (ms) => setTimeout(ms), random: Math.random });
 * await retry(() => store.appendIfAbsent(segment));
 */
export function boundedRetry(
  ports: { readonly delay: (ms: number) => Promise<unknown>; readonly random: () => number },
  options: RetryOptions = DEFAULT_RETRY,
): Retry {
  return async (call) => {
    for (let failures = 0; ; failures += 1) {
      try {
        return await call();
      } catch (error) {
        if (!isTransient(error) || failures + 1 >= options.attempts) throw error;
        await ports.delay(
          ports.random() * Math.min(options.maxDelayMs, options.firstDelayMs * 2 ** failures),
        );
      }
    }
  };
}

function isTransient(error: unknown): boolean {
  return error instanceof Error && 'transient' in error && error.transient === true;
}
