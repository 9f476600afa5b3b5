/** Trouble that does not come again for so long is over. */
const OVER_AFTER_MS = 300_000;

/**
 * Keeps a timer that fails every round from writing a line every round: the first failure is told, then the 2nd, 4th,
 * 8th ..., each with how many there were.
 *
 * @example
 * const trouble = new RepeatedTrouble(Date.now);
 * trouble.tell(error, (told) => log.warn({ event: 'relay_failed', ...told }, 'the relay could not look'));
 */
export class RepeatedTrouble {
  private failures = 0;
  private lastAtMs = 0;

  /** @param now - milliseconds since 1970. */
  constructor(private readonly now: () => number) {}

  /** Counts a failure, and calls `write` when it is worth a line: the reason without a stack, and the count. */
  tell(error: unknown, write: (told: { readonly reason: string; readonly failures: number }) => void): void {
    const atMs = this.now();
    this.failures = atMs - this.lastAtMs > OVER_AFTER_MS ? 1 : this.failures + 1;
    this.lastAtMs = atMs;
    if (!Number.isInteger(Math.log2(this.failures))) return;
    write({ reason: error instanceof Error ? error.message : String(error), failures: this.failures });
  }
}
