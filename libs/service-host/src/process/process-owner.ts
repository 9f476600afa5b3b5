import type { Log, ReadinessChecks } from '@latido/observability';
import type { StopSequence } from './stop-sequence';

/** What the owner needs of the process; `process` has it. */
export interface OwnedProcess {
  on(event: string, listener: (reason: unknown) => void): unknown;
  exit(code: number): void;
}

export interface OwnerParts {
  readonly log: Log;
  readonly readiness: ReadinessChecks;
  readonly stop: StopSequence;
  /** Longest a stop may take before the process exits 1. */
  readonly stopTimeoutMs: number;
}

/**
 * The only one who ends the process.
 *
 *     SIGTERM, SIGINT       -> stop sequence -> exit 0 (1 when a step failed)
 *     a second signal       -> exit 1 at once
 *     an error nobody caught -> stop sequence -> exit 1
 */
export class ProcessOwner {
  private stopping = false;

  constructor(
    private readonly owned: OwnedProcess,
    private readonly parts: OwnerParts,
  ) {}

  watch(): void {
    for (const signal of ['SIGTERM', 'SIGINT']) this.owned.on(signal, () => this.onSignal(signal));
    this.owned.on('unhandledRejection', (reason) => void this.fail(reason));
    this.owned.on('uncaughtException', (error) => void this.fail(error));
  }

  /** Stops in order because of an error that nobody can mend, and exits 1. */
  async fail(error: unknown): Promise<void> {
    this.parts.log.fatal({ event: 'process_failed', err: error }, 'the process cannot go on');
    if (!this.stopping) await this.stopAndExit(1);
  }

  private onSignal(signal: string): void {
    const { log } = this.parts;
    if (this.stopping) {
      log.warn({ event: 'stop_forced', signal }, 'second signal: exits without finishing');
      this.owned.exit(1);
      return;
    }
    log.info({ event: 'stop_requested', signal }, `${signal}: stopping`);
    void this.stopAndExit(0);
  }

  private async stopAndExit(code: 0 | 1): Promise<void> {
    const { log, readiness, stop, stopTimeoutMs } = this.parts;
    this.stopping = true;
    readiness.enter('stopping');
    const watchdog = setTimeout(() => {
      log.error({ event: 'stop_timed_out', timeout_ms: stopTimeoutMs }, 'the stop took too long');
      this.owned.exit(1);
    }, stopTimeoutMs);
    const clean = await stop.run();
    clearTimeout(watchdog);
    log.info({ event: 'stopped', clean }, 'stopped');
    this.owned.exit(clean ? code : 1);
  }
}
