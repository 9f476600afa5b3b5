import type { OutgoingMessage } from '../core/publish/outgoing-message';
import type { BatchTransport, PublishResult } from '../core/publish/publisher';

/** A topic in memory: hands each message to every subscriber, raw, as SNS does with raw delivery. */
export class InMemoryTopic implements BatchTransport {
  private readonly subscribers: BatchTransport[] = [];
  private serial = 0;

  subscribe(subscriber: BatchTransport): void {
    this.subscribers.push(subscriber);
  }

  async sendBatch(messages: readonly OutgoingMessage[]): Promise<readonly PublishResult[]> {
    for (const subscriber of this.subscribers) await subscriber.sendBatch(messages);
    return messages.map(() => ({ outcome: 'published', messageId: `published-${(this.serial += 1)}` }));
  }
}
