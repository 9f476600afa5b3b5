import type { PollResult, QueueConsumer } from '@latido/messaging';

export type ConsumerMode = 'auto' | 'manual';

/** What the control needs of the queue's consumer. */
export type ControlledConsumer = Pick<QueueConsumer, 'pause' | 'resume' | 'pollOnce' | 'drain'>;

/** Why a batch was not processed on request. */
export type ProcessRefusal = { readonly kind: 'refused'; readonly reason: 'automatic' | 'busy' | 'draining' };

/**
 * Decides when events are consumed.
 *
 *     auto     by itself, as long as everything that an event needs answers (`hold` says what does not)
 *     manual   a batch at a time, when asked; holding changes nothing here: whoever asks gets the error
 *
 * Holding is what keeps an outage from wearing messages out: each delivery counts towards the queue's own
 * redrive limit, so messages that are received and given back again and again end as dead letters.
 */
export class ConsumerControl {
  private held: readonly string[] = ['starting'];
  private stopped = false;

  constructor(
    private readonly consumer: ControlledConsumer,
    private current: ConsumerMode,
  ) {}

  get mode(): ConsumerMode {
    return this.current;
  }

  /** What keeps automatic consumption from going on; empty when nothing does. */
  get heldBecause(): readonly string[] {
    return this.held;
  }

  /** @param reasons - everything that is away; none when all is well. */
  hold(reasons: readonly string[]): void {
    this.held = reasons;
    this.apply();
  }

  /** Changes the mode. What was received is finished in the old one. */
  async change(mode: ConsumerMode): Promise<void> {
    this.current = mode;
    if (mode === 'manual') await this.consumer.pause();
    this.apply();
  }

  /** Receives and handles one batch, in manual mode. */
  async processOnce(): Promise<Extract<PollResult, { readonly kind: 'polled' }> | ProcessRefusal> {
    if (this.current === 'auto') return { kind: 'refused', reason: 'automatic' };
    const result = await this.consumer.pollOnce();
    if (result.kind === 'polled') return result;
    return { kind: 'refused', reason: result.reason === 'running' ? 'automatic' : result.reason };
  }

  /** Stops for good, and waits for what is being handled. @returns whether all of it ended in time. */
  async stop(limit: { readonly timeoutMs: number }): Promise<boolean> {
    this.stopped = true;
    const { outcome } = await this.consumer.drain(limit);
    return outcome === 'drained';
  }

  private apply(): void {
    if (this.stopped) return;
    if (this.current === 'auto' && this.held.length === 0) this.consumer.resume();
    else void this.consumer.pause();
  }
}
