import type { Timers } from '../core/ports';

interface Waiting {
  readonly atMs: number;
  readonly run: () => void;
}

/** Timers in a time that only `advance` moves; between two of them, promises settle. */
export class VirtualTimers implements Timers {
  private waiting: Waiting[] = [];
  nowMs = 0;

  /** Timers that were set and have neither run nor been cancelled. */
  get pending(): number {
    return this.waiting.length;
  }

  after(delayMs: number, run: () => void): { cancel(): void } {
    const entry = { atMs: this.nowMs + delayMs, run };
    this.waiting.push(entry);
    return {
      cancel: () => {
        this.waiting = this.waiting.filter((each) => each !== entry);
      },
    };
  }

  async advance(durationMs: number): Promise<void> {
    const endMs = this.nowMs + durationMs;
    await settlePromises();
    for (let due = this.nextBefore(endMs); due; due = this.nextBefore(endMs)) {
      this.waiting = this.waiting.filter((each) => each !== due);
      this.nowMs = Math.max(this.nowMs, due.atMs);
      due.run();
      await settlePromises();
    }
    this.nowMs = endMs;
  }

  private nextBefore(endMs: number): Waiting | undefined {
    return this.waiting.filter((each) => each.atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0];
  }
}

async function settlePromises(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
