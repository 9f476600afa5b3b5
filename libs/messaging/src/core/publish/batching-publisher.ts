import { pause, type Cancel, type Schedule } from '../time/schedule';
import { backoffMs, type Backoff } from '../time/backoff';
import { MAX_ATTRIBUTES, messageBytes, type OutgoingMessage } from './outgoing-message';
import type { BatchTransport, Publisher, PublishFailureCode, PublishResult } from './publisher';
import { publishFailure } from './publish-failure';
import type { PublisherSignal } from './publisher-signal';
import { MAX_BATCH_BYTES, MAX_BATCH_ENTRIES, takeBatch } from './take-batch';

/** How a {@link BatchingPublisher} collects and retries. */
export interface BatchingOptions {
  /** Longest wait for company, milliseconds: what a lone message pays so that a busy moment needs a tenth of the calls. */
  readonly lingerMs: number;
  /** Calls to the broker at the same time. Keep 1 with `ordered`. */
  readonly maxConcurrentBatches: number;
  /** Tries of one message, the first included, on top of the SDK's own. */
  readonly maxAttempts: number;
  /** Messages taken and not answered yet; more are refused as `overloaded`, so that memory stays bounded. */
  readonly maxPending: number;
  /** Keeps the order within each `groupId`: one call at a time, one message of a group in a call, retries first. */
  readonly ordered: boolean;
  readonly backoff: Backoff;
}

const DEFAULT_BATCHING: BatchingOptions = {
  lingerMs: 5,
  maxConcurrentBatches: 4,
  maxAttempts: 4,
  maxPending: 10_000,
  ordered: false,
  backoff: { baseMs: 100, maxMs: 2_000 },
};

/** What a {@link BatchingPublisher} needs from outside. */
export interface BatchingPorts {
  readonly transport: BatchTransport;
  readonly schedule: Schedule;
  readonly random: () => number;
  readonly observe?: (signal: PublisherSignal) => void;
}

interface Entry {
  readonly message: OutgoingMessage;
  readonly groupId: string | undefined;
  readonly bytes: number;
  readonly attempts: number;
  readonly answer: (result: PublishResult) => void;
}

/**
 * Publishes in batches, and sends again only the entries that the broker refused.
 *
 *     publish -> waiting -> (10 entries, 256 KB, or lingerMs) -> one call -> answers
 *                   ^------------- refused, jittered wait -----------'
 */
export class BatchingPublisher implements Publisher {
  private readonly options: BatchingOptions;
  private waiting: Entry[] = [];
  private pending = 0;
  private calls = 0;
  private due = false;
  private closed = false;
  private linger: Cancel | undefined;
  private whenEmpty: (() => void)[] = [];

  constructor(
    private readonly ports: BatchingPorts,
    options: Partial<BatchingOptions> = {},
  ) {
    const merged = { ...DEFAULT_BATCHING, ...options };
    this.options = merged.ordered ? { ...merged, maxConcurrentBatches: 1 } : merged;
  }

  async publish(messages: readonly OutgoingMessage[]): Promise<readonly PublishResult[]> {
    const results = Promise.all(messages.map((message) => this.accept(message)));
    this.arrange();
    return results;
  }

  /** Sends what is waiting at once and resolves when everything is answered; later messages are refused. Bounded by the retries. */
  async close(): Promise<void> {
    this.closed = true;
    this.linger?.();
    this.arrange();
    if (this.pending > 0) await new Promise<void>((resolve) => this.whenEmpty.push(resolve));
  }

  private async accept(message: OutgoingMessage): Promise<PublishResult> {
    const bytes = messageBytes(message);
    const refusal = this.refusalOf(message, bytes);
    if (refusal !== undefined) {
      this.observe({ kind: 'message_failed', ...refusal });
      return { outcome: 'failed', retryable: refusal.code === 'overloaded', ...refusal };
    }
    this.pending += 1;
    return new Promise((answer) => {
      this.waiting.push({ message, groupId: message.groupId, bytes, attempts: 0, answer });
    });
  }

  private refusalOf(
    message: OutgoingMessage,
    bytes: number,
  ): { readonly code: PublishFailureCode; readonly detail: string } | undefined {
    const attributes = Object.keys(message.attributes).length;
    if (this.closed) return { code: 'closed', detail: 'the publisher was closed' };
    if (attributes > MAX_ATTRIBUTES)
      return {
        code: 'too_many_attributes',
        detail: `${attributes} attributes, ${MAX_ATTRIBUTES} are allowed`,
      };
    if (bytes > MAX_BATCH_BYTES)
      return { code: 'message_too_large', detail: `${bytes} bytes, ${MAX_BATCH_BYTES} are allowed` };
    if (this.pending >= this.options.maxPending)
      return { code: 'overloaded', detail: `${this.pending} messages are waiting for an answer` };
    return undefined;
  }

  /** Sends whatever may go now, and sets the timer for the rest. */
  private arrange(): void {
    while (this.calls < this.options.maxConcurrentBatches && this.mayGo()) void this.sendNext();
    if (this.waiting.length === 0) this.due = false;
    else if (!this.due && this.linger === undefined) this.linger = this.startLinger();
  }

  private mayGo(): boolean {
    if (this.waiting.length === 0) return false;
    return this.due || this.closed || isFull(this.waiting);
  }

  private startLinger(): Cancel {
    return this.ports.schedule(this.options.lingerMs, () => {
      this.linger = undefined;
      this.due = true;
      this.arrange();
    });
  }

  private async sendNext(): Promise<void> {
    const { batch, rest } = takeBatch(this.waiting, { oneOfAGroup: this.options.ordered });
    this.waiting = rest;
    this.calls += 1;
    const results = await this.call(batch);
    const again = batch.filter((entry, i) => !this.answered(entry, results[i]));
    if (again.length === 0) this.calls -= 1;
    else if (this.options.ordered) await this.retryBeforeOthers(again);
    else this.retryBesideOthers(again);
    this.arrange();
  }

  /** Ordered: the one call stays taken while waiting, so nothing overtakes. */
  private async retryBeforeOthers(entries: readonly Entry[]): Promise<void> {
    await pause(this.ports.schedule, this.planRetry(entries));
    this.calls -= 1;
    this.putBack(entries);
  }

  private retryBesideOthers(entries: readonly Entry[]): void {
    this.calls -= 1;
    this.ports.schedule(this.planRetry(entries), () => {
      this.putBack(entries);
      this.arrange();
    });
  }

  private planRetry(entries: readonly Entry[]): number {
    const attempts = Math.max(...entries.map((entry) => entry.attempts)) + 1;
    const delayMs = backoffMs(this.options.backoff, attempts, this.ports.random);
    this.observe({ kind: 'retry_planned', entries: entries.length, delayMs });
    return delayMs;
  }

  private putBack(entries: readonly Entry[]): void {
    const again = entries.map((entry) => ({ ...entry, attempts: entry.attempts + 1 }));
    this.waiting = [...again, ...this.waiting];
    this.due = true;
  }

  private async call(batch: readonly Entry[]): Promise<readonly PublishResult[]> {
    try {
      const results = await this.ports.transport.sendBatch(batch.map((entry) => entry.message));
      const published = results.filter((result) => result.outcome === 'published').length;
      this.observe({ kind: 'batch_sent', entries: batch.length, published });
      return results;
    } catch (error) {
      this.observe({ kind: 'batch_sent', entries: batch.length, published: 0 });
      return batch.map(() => publishFailure(error));
    }
  }

  /** Answers an entry, unless it is worth another try. */
  private answered(entry: Entry, result: PublishResult = publishFailure('no result')): boolean {
    const retry =
      result.outcome === 'failed' && result.retryable && entry.attempts + 1 < this.options.maxAttempts;
    if (retry) return false;
    if (result.outcome === 'failed')
      this.observe({ kind: 'message_failed', code: result.code, detail: result.detail });
    this.pending -= 1;
    entry.answer(result);
    if (this.pending === 0) for (const resolve of this.whenEmpty.splice(0)) resolve();
    return true;
  }

  private observe(signal: PublisherSignal): void {
    this.ports.observe?.(signal);
  }
}

function isFull(waiting: readonly Entry[]): boolean {
  const { batch, rest } = takeBatch(waiting.slice(0, MAX_BATCH_ENTRIES + 1), { oneOfAGroup: false });
  return batch.length === MAX_BATCH_ENTRIES || rest.length > 0;
}
