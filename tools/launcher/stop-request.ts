/** npm passes on a Ctrl-C that the terminal has already delivered: two signals this close are one. */
const SAME_SIGNAL_MS = 700;

/**
 * Decides what a signal to stop means: the first one asks, a later one insists.
 * @param now - milliseconds of any clock that does not jump.
 */
export class StopRequest {
  private firstAtMs: number | undefined;

  constructor(private readonly now: () => number) {}

  /** `stop` for the first signal, `force` for a second of its own, `ignore` for an echo of the first. */
  signalled(): 'stop' | 'force' | 'ignore' {
    if (this.firstAtMs === undefined) {
      this.firstAtMs = this.now();
      return 'stop';
    }
    return this.now() - this.firstAtMs < SAME_SIGNAL_MS ? 'ignore' : 'force';
  }

  get requested(): boolean {
    return this.firstAtMs !== undefined;
  }
}
