import type { Cancel } from '../time/schedule';
import { BatchProcessor } from './batch-processor';
import type { BatchReport } from './batch-report';
import { type ConsumerOptions, DEFAULT_CONSUMER_OPTIONS } from './consumer-options';
import type { ConsumerPorts } from './consumer-ports';
import type { ConsumerSignal, TroubleSignal } from './consumer-signal';
import type { ConsumerStatus } from './consumer-status';
import { PollGate } from './poll-gate';
import type { ReceivedMessage } from './received-message';
import { troubleOf } from './trouble';

/** What {@link QueueConsumer.pollOnce} did. */
export type PollResult =
  | ({ readonly kind: 'polled' } & BatchReport)
  | { readonly kind: 'refused'; readonly reason: 'running' | 'draining' | 'busy' };

/** How a drain ended. After `timed_out` the messages of what still runs come back when their visibility ends. */
export type DrainResult =
  { readonly outcome: 'drained' } | { readonly outcome: 'timed_out'; readonly pollsInFlight: number };

/** A manual poll answers within this; long enough for SQS to ask all its servers. */
const MANUAL_WAIT_SECONDS = 1;

/**
 * Safe consumption of one queue: what polls share, whatever loop drives them.
 *
 * A loop does, for each poll: `await beginPoll()`, receive, then `process(batch)` or `pollFailed(error)`, then
 * `endPoll()`. It starts paused: `resume()` when the application is ready to work.
 */
export class QueueConsumer {
  readonly options: ConsumerOptions;
  private readonly ports: ConsumerPorts;
  private readonly gate: PollGate;
  private readonly processor: BatchProcessor;
  private manualPoll = false;
  private health: Omit<ConsumerStatus, 'mode' | 'pollsInFlight'> = { failuresInARow: 0 };

  constructor(ports: ConsumerPorts, options: Partial<ConsumerOptions> = {}) {
    this.options = { ...DEFAULT_CONSUMER_OPTIONS, ...options };
    this.ports = { ...ports, observe: (signal) => this.observe(signal, ports) };
    this.gate = new PollGate(ports, this.options.failureBackoff);
    this.processor = new BatchProcessor(this.ports, this.options);
  }

  status(): ConsumerStatus {
    const mode = ({ open: 'running', closed: 'paused', shut: 'draining' } as const)[this.gate.position];
    return { mode, pollsInFlight: this.gate.pollsInFlight, ...this.health };
  }

  resume(): void {
    this.gate.open();
  }

  /** Stops polling; resolves when what was received is finished. An idle poll ends after `waitSeconds` at the latest. */
  async pause(): Promise<void> {
    this.gate.close();
    await this.gate.idle();
  }

  /**
   * Stops for good: no new poll; polls already sent are broken off, and what arrives on them all the same goes back at
   * once; running handlers finish, with their deletes.
   */
  async drain(limit: { readonly timeoutMs: number }): Promise<DrainResult> {
    this.gate.shut();
    this.ports.abortPolls?.();
    let cancel: Cancel = () => {};
    const timeout = new Promise<DrainResult>((resolve) => {
      cancel = this.ports.schedule(limit.timeoutMs, () => {
        resolve({ outcome: 'timed_out', pollsInFlight: this.gate.pollsInFlight });
      });
    });
    try {
      return await Promise.race([this.drained(), timeout]);
    } finally {
      cancel();
    }
  }

  /**
   * Receives and handles one batch, while paused.
   * @throws MessagingError when the queue cannot be reached.
   */
  async pollOnce(): Promise<PollResult> {
    if (this.gate.position !== 'closed')
      return { kind: 'refused', reason: this.gate.position === 'open' ? 'running' : 'draining' };
    if (this.manualPoll) return { kind: 'refused', reason: 'busy' };
    this.manualPoll = true;
    this.gate.beginOutOfTurn();
    try {
      return { kind: 'polled', ...(await this.process(await this.receive())) };
    } finally {
      this.manualPoll = false;
      this.endPoll();
    }
  }

  /** Resolves when a poll may begin: not while paused, later after failures, never again after a drain. */
  async beginPoll(): Promise<void> {
    await this.gate.enter();
  }

  endPoll(): void {
    this.gate.leave();
  }

  /** A receive failed. One that a drain broke off is no trouble. */
  pollFailed(error: unknown): void {
    if (this.gate.position === 'shut') return;
    this.ports.observe?.(troubleOf('receive', 0, error));
    this.gate.failed();
  }

  /** Handles and settles what a receive brought; also nothing. Never throws. */
  async process(batch: readonly ReceivedMessage[]): Promise<BatchReport> {
    if (batch.length > 0) this.ports.observe?.({ kind: 'received', messages: batch.length });
    if (batch.length === 0 || this.gate.position === 'shut') return this.skip(batch);
    const isShort = batch.length < this.options.batchSize;
    if (isShort && this.gate.position === 'open') this.gate.delayNext(this.options.gatherMs);
    const report = await this.processor.process(batch);
    if (report.outcome === 'handled') this.succeeded();
    else this.gate.failed();
    return report;
  }

  private async drained(): Promise<DrainResult> {
    await this.gate.idle();
    return { outcome: 'drained' };
  }

  private async receive(): Promise<readonly ReceivedMessage[]> {
    try {
      return await this.ports.queue.receive({
        maxMessages: this.options.batchSize,
        visibilitySeconds: this.options.visibilitySeconds,
        waitSeconds: MANUAL_WAIT_SECONDS,
      });
    } catch (error) {
      this.pollFailed(error);
      throw error;
    }
  }

  private async skip(batch: readonly ReceivedMessage[]): Promise<BatchReport> {
    if (batch.length > 0) await this.processor.refuse(batch);
    this.succeeded();
    const nothing = { acknowledged: 0, deadLettered: 0 };
    return { outcome: 'handled', received: batch.length, givenBack: batch.length, ...nothing };
  }

  private succeeded(): void {
    this.gate.succeeded();
    this.health = { ...this.health, failuresInARow: 0, lastSuccessAtMs: this.ports.now() };
  }

  private observe(signal: ConsumerSignal, { observe }: ConsumerPorts): void {
    if (signal.kind === 'trouble') this.noteTrouble(signal);
    try {
      observe?.(signal);
    } catch {
      // An observer that throws must not cost a message.
    }
  }

  private noteTrouble({ where, code, detail }: TroubleSignal): void {
    const counts = where === 'receive' || where === 'handle';
    this.health = {
      ...this.health,
      failuresInARow: this.health.failuresInARow + (counts ? 1 : 0),
      lastTrouble: { where, code, detail, atMs: this.ports.now() },
    };
  }
}
