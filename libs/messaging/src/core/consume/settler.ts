import { backoffMs } from '../time/backoff';
import { pause } from '../time/schedule';
import type { ConsumerOptions } from './consumer-options';
import type { ConsumerPorts } from './consumer-ports';
import type { TroublePlace } from './consumer-signal';
import type { VisibilityChange } from './message-queue';
import type { ReceivedMessage } from './received-message';
import { troubleOf } from './trouble';

/** Tells the queue what became of its messages. Never throws: what fails is signalled, and its messages come back. */
export class Settler {
  constructor(
    private readonly ports: Pick<ConsumerPorts, 'queue' | 'observe' | 'schedule' | 'random'>,
    private readonly options: Pick<ConsumerOptions, 'deleteAttempts' | 'failureBackoff'>,
  ) {}

  /** Deletes in one call, and again those that were refused; one left over is a duplicate later. */
  async delete(messages: readonly ReceivedMessage[]): Promise<void> {
    let left = messages.map(({ receiptHandle }) => receiptHandle);
    for (let attempt = 1; left.length > 0 && attempt <= this.options.deleteAttempts; attempt += 1) {
      if (attempt > 1) await pause(this.ports.schedule, this.waitAfter(attempt - 1));
      left = [...(await this.tryDelete(left))];
    }
    const deleted = messages.length - left.length;
    if (deleted > 0) this.ports.observe?.({ kind: 'deleted', messages: deleted });
  }

  async giveBack(changes: readonly VisibilityChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.changeVisibility('give_back', changes);
    this.ports.observe?.({ kind: 'given_back', messages: changes.length });
  }

  async changeVisibility(where: TroublePlace, changes: readonly VisibilityChange[]): Promise<void> {
    try {
      const refused = await this.ports.queue.changeVisibility(changes);
      if (refused.length > 0)
        this.ports.observe?.(troubleOf(where, refused.length, 'the queue no longer knows the delivery'));
    } catch (error) {
      this.ports.observe?.(troubleOf(where, changes.length, error));
    }
  }

  private waitAfter(failures: number): number {
    return backoffMs(this.options.failureBackoff, failures, this.ports.random);
  }

  private async tryDelete(receiptHandles: readonly string[]): Promise<readonly string[]> {
    try {
      const refused = await this.ports.queue.delete(receiptHandles);
      if (refused.length > 0)
        this.ports.observe?.(troubleOf('delete', refused.length, 'the queue refused to delete'));
      return refused;
    } catch (error) {
      this.ports.observe?.(troubleOf('delete', receiptHandles.length, error));
      return receiptHandles;
    }
  }
}
