import type { LogPorts } from './log-ports';
import type { Writer } from './writer';

/** Ports of everything that concerns writers, and no segments. */
export type WriterPorts = Pick<LogPorts<unknown>, 'writers' | 'now' | 'newToken' | 'retry'>;

/**
 * A third of the 60 s after which a silent writer is taken over. Looked at with the mark, every 10 s: an idle writer
 * writes every 20 to 31 s, 0.05 write units a second at most; a busy one every 10 s, 0.1.
 */
const ALIVE_EVERY_MS = 20_000;

/**
 * A slot that this process owns: moves its mark, shows watchers that it lives, gives it back.
 *
 * Every write is conditional on the own epoch, so an owner that was replaced learns it here as `fenced`, and
 * changes nothing. Calls run one after the other.
 */
export class HeldSlot {
  private lastWriteMs: number;
  private lost = false;
  private tail: Promise<unknown> = Promise.resolve();

  constructor(
    private current: Writer,
    private readonly ports: WriterPorts,
  ) {
    this.lastWriteMs = ports.now();
  }

  /** The item as this owner last wrote it. */
  get writer(): Writer {
    return this.current;
  }

  /**
   * Says from where segments may still need work. Written when the mark moved, or 20 s after the last write;
   * otherwise nothing happens. A mark below the stored one changes nothing.
   */
  async moveMark(mark: number): Promise<'moved' | 'unchanged' | 'fenced'> {
    return this.inOrder(async () => {
      const idleMs = this.ports.now() - this.lastWriteMs;
      if (!this.lost && mark <= this.current.lowWater && idleMs < ALIVE_EVERY_MS) return 'unchanged';
      return (await this.write(mark, 'held')) ? 'moved' : 'fenced';
    });
  }

  /** Gives the slot back: the next poller that starts may have it, and goes on at the mark. Later calls are `fenced`. */
  async release(mark: number): Promise<'released' | 'fenced'> {
    return this.inOrder(async () => {
      const released = await this.write(mark, 'released');
      this.lost = true;
      return released ? 'released' : 'fenced';
    });
  }

  private inOrder<T>(step: () => Promise<T>): Promise<T> {
    const done = this.tail.then(step);
    this.tail = done.catch(() => undefined);
    return done;
  }

  private async write(mark: number, state: Writer['state']): Promise<boolean> {
    let written = false;
    while (!written && !this.lost) written = await this.swap(mark, state);
    return written;
  }

  /** One compare-and-swap; false when the slot is lost, or when it has to be repeated from the item that is there. */
  private async swap(mark: number, state: Writer['state']): Promise<boolean> {
    const startedMs = this.ports.now();
    const from = this.current;
    const lowWater = Math.max(mark, from.lowWater);
    const to: Writer = { ...from, lowWater, state, token: this.ports.newToken() };
    const write = await this.ports.retry(() => this.ports.writers.replace({ from, to }));
    if (write.outcome === 'stored' || write.stored?.token === to.token) {
      this.current = to;
      this.lastWriteMs = startedMs;
      return true;
    }
    // The own epoch under another token is an earlier write of this owner, whose reply never came.
    if (write.stored?.epoch === from.epoch) this.current = write.stored;
    else this.lost = true;
    return false;
  }
}
