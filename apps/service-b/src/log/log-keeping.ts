import type { OperationLog } from '@latido/event-commit';
import type { LogWriter } from '@latido/write-ahead-log';
import type { LogRecord } from '@latido/event-commit';
import type { LogKeeper } from '@latido/write-ahead-log/nest';
import { LogSlot } from './log-slot';
import { LogSlots } from './log-slots';

/** The process is stopping: nothing is logged any more. */
class LogClosedError extends Error {
  override readonly name = 'LogClosedError';
  readonly code = 'not_ready';

  constructor() {
    super('the process is stopping and has given its log slots back; repeat the request at another replica');
  }
}

/**
 * The slots of this process in the write-ahead log: one for each poller, one for all rollbacks.
 *
 * Only here slots are opened and given back, so that none is left held by accident.
 */
export class LogKeeping {
  /** A batch at a time each. */
  readonly pollers: LogSlots;
  /** Shared by the requests of the rollback endpoint. */
  readonly rollbacks: LogSlot;
  private readonly writers = new Set<LogWriter<LogRecord>>();
  private isClosed = false;

  constructor(
    private readonly keeper: Pick<LogKeeper<LogRecord>, 'open' | 'close'>,
    options: { readonly pollers: number },
  ) {
    const open = async (): Promise<OperationLog> => this.open();
    this.pollers = new LogSlots({ count: options.pollers, open });
    this.rollbacks = new LogSlot(open);
  }

  /** Numbers of the slots that were opened here and not lost, as far as is known. */
  get slots(): readonly number[] {
    return [...this.writers].map(({ slot }) => slot).toSorted((a, b) => a - b);
  }

  /** Takes all slots now: a service that cannot write its log does not start. */
  async openAll(): Promise<void> {
    await this.pollers.openAll();
    await this.rollbacks.use();
  }

  /** Moves all marks to the end and gives the slots back. Call it when no batch is handled any more. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.keeper.close();
    this.writers.clear();
  }

  private async open(): Promise<OperationLog> {
    if (this.isClosed) throw new LogClosedError();
    const writer = await this.keeper.open();
    this.writers.add(writer);
    return {
      append: async (records) => {
        const append = await writer.append(records);
        if (append.outcome === 'fenced') this.writers.delete(writer);
        return append;
      },
      finish: (place) => writer.finish(place),
    };
  }
}
