import type { MessageQueue, ReceivedMessage } from '@latido/messaging';

const LONG_POLL_SECONDS = 1;
/** What the thief does not keep is back with its reader at once. */
const HIDDEN_SECONDS = 2;

/**
 * Somebody who reads a heartbeat queue beside its monitor and keeps one of that monitor's own canaries now and then; everything
 * else goes back. Never two canaries in a row, or the monitor would be blind and not just robbed.
 */
export class Thief {
  private readonly caught = new AbortController();
  private readonly stealing: Promise<void>;
  private stoleAtMs = 0;

  /**
   * @param prey - in the body of what it keeps.
   * @param everyMs - how much time is between two thefts at least.
   */
  constructor(
    private readonly queue: MessageQueue,
    private readonly prey: string,
    private readonly everyMs: number,
  ) {
    this.stealing = this.steal();
  }

  /** Ends it, and waits until it holds nothing any more. */
  async stop(): Promise<void> {
    this.caught.abort();
    await this.stealing;
  }

  private async steal(): Promise<void> {
    while (!this.caught.signal.aborted) {
      const request = { maxMessages: 1, visibilitySeconds: HIDDEN_SECONDS, waitSeconds: LONG_POLL_SECONDS };
      for (const message of await this.queue.receive(request)) await this.keepOrGiveBack(message);
    }
  }

  private async keepOrGiveBack({ receiptHandle, body }: ReceivedMessage): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.stoleAtMs < this.everyMs || !body.includes(this.prey))
      return void (await this.queue.changeVisibility([{ receiptHandle, seconds: 0 }]));
    this.stoleAtMs = nowMs;
    await this.queue.delete([receiptHandle]);
  }
}
