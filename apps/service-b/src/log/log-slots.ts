import type { OperationLog } from '@latido/event-commit';
import { LogSlot } from './log-slot';

/**
 * The slots of the pollers: each batch has one for itself as long as it is handled.
 *
 * Whoever handles more batches at once than there are slots waits for the next free one.
 */
export class LogSlots {
  private readonly free: LogSlot[];
  private readonly waiting: ((slot: LogSlot) => void)[] = [];

  /** @param options.count - as many as there are pollers. */
  constructor(options: { readonly count: number; readonly open: () => Promise<OperationLog> }) {
    this.free = Array.from({ length: options.count }, () => new LogSlot(options.open));
  }

  /** Takes every slot now, so that a start fails when the log cannot be written. */
  async openAll(): Promise<void> {
    for (const slot of this.free) await slot.use();
  }

  /** Lends a slot to `work`, and takes it back when that has ended, well or not. */
  async lend<T>(work: (log: OperationLog) => Promise<T>): Promise<T> {
    const slot = this.free.shift() ?? (await this.nextFree());
    try {
      return await work(await slot.use());
    } finally {
      this.giveBack(slot);
    }
  }

  private nextFree(): Promise<LogSlot> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  private giveBack(slot: LogSlot): void {
    const next = this.waiting.shift();
    if (next) next(slot);
    else this.free.push(slot);
  }
}
