import type { LogPorts } from '../core/log-ports';
import type { LogWriter, LogWriterOptions } from '../core/log-writer';
import { openLog } from '../core/open-log';
import { recoverAbandoned } from '../core/recover-abandoned';
import type { Recovery, Redeliver } from '../core/recover-slot';
import { WriterWatch } from '../core/writer-watch';
import { Repeater } from './repeater';

export interface LogKeeperOptions<R> extends LogWriterOptions {
  readonly service: string;
  readonly ports: LogPorts<R>;
  readonly redeliver: Redeliver<R>;
  /** Default 10 s: what a crash leaves to redeliver, against 0.1 write units a second and slot. */
  readonly markEveryMs?: number;
  /** Default 60 s, with a strong read of each slot. */
  readonly watchEveryMs?: number;
  /** Default 60 s: a writer that shows no life for so long is taken over. A living one writes every 31 s at least. */
  readonly abandonedAfterMs?: number;
  /** For metrics and logs: after each walk, its own slots' included. */
  readonly onRecovery?: (recovery: Recovery) => void;
  /** For metrics and logs: a timer's run failed; the next one comes all the same. */
  readonly onError?: (error: unknown) => void;
}

/**
 * The slots of one process, and the only timers of the log: marks every 10 s, a look at all writers every minute.
 *
 * @example
 * const log = await keeper.open();                 // one for each poller, one for the rollback endpoint
 * const logged = await log.append(records);
 * if (logged.outcome === 'fenced') log = await keeper.open();
 * await keeper.close();                            // by the owner of the stop, after the handlers have finished
 */
export class LogKeeper<R> {
  private readonly writers = new Set<LogWriter<R>>();
  private readonly watch: WriterWatch;
  private readonly repeaters: readonly Repeater[];

  constructor(private readonly options: LogKeeperOptions<R>) {
    const { markEveryMs = 10_000, watchEveryMs = 60_000, abandonedAfterMs } = options;
    this.watch = new WriterWatch(abandonedAfterMs);
    const onError = (error: unknown): void => options.onError?.(error);
    this.repeaters = [
      new Repeater({ everyMs: markEveryMs, task: () => this.moveMarks(), onError }),
      new Repeater({ everyMs: watchEveryMs, task: () => this.recoverAbandoned(), onError }),
    ];
  }

  start(): void {
    for (const repeater of this.repeaters) repeater.start();
  }

  /** Takes a slot, finishes what its earlier owner left, and keeps its mark from here on. */
  async open(): Promise<LogWriter<R>> {
    const { log, recovery } = await openLog(this.options, this.options.ports);
    this.writers.add(log);
    this.options.onRecovery?.(recovery);
    return log;
  }

  /** Stops the timers and gives all slots back. Call it when nothing appends any more. */
  async close(): Promise<void> {
    await Promise.all(this.repeaters.map((repeater) => repeater.stop()));
    await Promise.all([...this.writers].map((writer) => writer.release()));
    this.writers.clear();
  }

  private async moveMarks(): Promise<void> {
    await Promise.all([...this.writers].map((writer) => this.moveMark(writer)));
  }

  private async moveMark(writer: LogWriter<R>): Promise<void> {
    if ((await writer.moveMark()) === 'fenced') this.writers.delete(writer);
  }

  private async recoverAbandoned(): Promise<void> {
    const ownSlots = new Set([...this.writers].map(({ slot }) => slot));
    const request = { ...this.options, watch: this.watch, ownSlots };
    for (const recovery of await recoverAbandoned(request, this.options.ports))
      this.options.onRecovery?.(recovery);
  }
}
