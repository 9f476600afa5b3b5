/**
 * Runs a task again and again, `everyMs` after its last run has ended: runs never overlap.
 *
 * The wait is spread by a tenth to each side, so that replicas that started together do not stay together.
 */
export class Repeater {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  /** @param options - `onError` gets what the task threw; the next run comes all the same. */
  constructor(
    private readonly options: {
      readonly everyMs: number;
      readonly task: () => Promise<unknown>;
      readonly onError: (error: unknown) => void;
      readonly random?: () => number;
    },
  ) {}

  start(): void {
    if (!this.stopped) this.schedule();
  }

  /** Waits for a run under way; none begins after it. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    const { everyMs, random = Math.random } = this.options;
    clearTimeout(this.timer);
    const run = (): void => {
      this.running = this.run();
    };
    this.timer = setTimeout(run, everyMs * (0.9 + 0.2 * random()));
    this.timer.unref();
  }

  private async run(): Promise<void> {
    try {
      await this.options.task();
    } catch (error) {
      this.options.onError(error);
    }
    if (!this.stopped) this.schedule();
  }
}
