/**
 * Runs a task again and again, `everyMs` after its last run has ended: runs never overlap. It keeps no process alive.
 *
 * @example
 * const looking = new Repeating({ everyMs: 2_000, task: () => watch.look(), onError: (error) => log(error) });
 * looking.start();
 * await looking.stop();
 */
export class Repeating {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly options: {
      readonly everyMs: number;
      readonly task: () => Promise<void>;
      readonly onError: (error: unknown) => void;
    },
  ) {}

  /** Begins with a run at once. */
  start(): void {
    this.running = this.run();
  }

  /** Waits for a run under way; none begins after it. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    const { everyMs, task, onError } = this.options;
    try {
      await task();
    } catch (error) {
      onError(error);
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.run();
    }, everyMs);
    this.timer.unref();
  }
}
