import { backoffMs, type Backoff } from '../time/backoff';
import type { Cancel, Schedule } from '../time/schedule';

/**
 * Decides when pollers may receive: the one place for pause, drain and slowing down after failures.
 *
 *     closed <--close/open--> open --shut--> shut (for good)
 *
 * A poll begins when `enter` resolves and ends with `leave`. Behind a closed gate `enter` waits; behind a shut
 * one it waits for ever, which is what makes a poll loop harmless that cannot be stopped otherwise.
 */
export class PollGate {
  private state: 'open' | 'closed' | 'shut' = 'closed';
  private polls = 0;
  private failures = 0;
  private waking: (() => void)[] = [];
  private idling: (() => void)[] = [];
  private readonly naps = new Set<Cancel>();
  private readonly pauses: number[] = [];

  constructor(
    private readonly ports: { readonly schedule: Schedule; readonly random: () => number },
    private readonly backoff: Backoff,
  ) {}

  get position(): 'open' | 'closed' | 'shut' {
    return this.state;
  }

  /** Polls that have begun and not ended. */
  get pollsInFlight(): number {
    return this.polls;
  }

  async enter(): Promise<void> {
    await this.nap();
    while (this.state !== 'open') await new Promise<void>((resolve) => this.waking.push(resolve));
    this.polls += 1;
  }

  /** Begins a poll although the gate is closed: somebody asked for this one. */
  beginOutOfTurn(): void {
    this.polls += 1;
  }

  leave(): void {
    this.polls -= 1;
    if (this.polls === 0) for (const resolve of this.idling.splice(0)) resolve();
  }

  open(): void {
    if (this.state === 'shut') return;
    this.state = 'open';
    for (const resolve of this.waking.splice(0)) resolve();
  }

  close(): void {
    if (this.state === 'open') this.state = 'closed';
  }

  shut(): void {
    this.state = 'shut';
    for (const cancel of this.naps) cancel();
    this.naps.clear();
  }

  /** Resolves when no poll is in flight. Close or shut the gate first, or it may never be. */
  async idle(): Promise<void> {
    if (this.polls > 0) await new Promise<void>((resolve) => this.idling.push(resolve));
  }

  failed(): void {
    this.failures += 1;
  }

  succeeded(): void {
    this.failures = 0;
  }

  /** One poll, the next to begin, begins so much later. */
  delayNext(delayMs: number): void {
    if (delayMs > 0) this.pauses.push(delayMs);
  }

  private async nap(): Promise<void> {
    const failuresMs = backoffMs(this.backoff, this.failures, this.ports.random);
    const delayMs = Math.max(failuresMs, this.pauses.shift() ?? 0);
    if (delayMs === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.ports.schedule(delayMs, () => {
        this.naps.delete(cancel);
        resolve();
      });
      this.naps.add(cancel);
    });
  }
}
