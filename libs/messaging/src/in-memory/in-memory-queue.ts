import { MessagingError } from '../core/errors';
import type { MessageQueue, VisibilityChange } from '../core/consume/message-queue';
import type { ReceivedMessage } from '../core/consume/received-message';
import type { OutgoingMessage } from '../core/publish/outgoing-message';
import type { PublishResult } from '../core/publish/publisher';

interface Stored {
  readonly messageId: string;
  readonly message: OutgoingMessage;
  readonly sentAtMs: number;
  receiveCount: number;
  visibleAtMs: number;
  receiptHandle: string | undefined;
}

/**
 * A standard queue in memory: visibility, receive counts, receipt handles that end with the next delivery.
 *
 * Reference for the contract suite, and a test double. It never waits: `receive` answers at once. It knows groups
 * as data only: a FIFO queue it is not.
 */
export class InMemoryQueue implements MessageQueue {
  private stored: Stored[] = [];
  private serial = 0;
  /** Set it to make every call fail, as a queue does that cannot be reached. */
  outage: MessagingError | undefined;

  constructor(
    private readonly now: () => number,
    readonly name = 'in-memory',
  ) {}

  /** Messages that are not deleted, hidden ones included. */
  get size(): number {
    return this.stored.length;
  }

  async sendBatch(messages: readonly OutgoingMessage[]): Promise<readonly PublishResult[]> {
    this.refuseInOutage();
    return messages.map((message) => {
      const messageId = `message-${(this.serial += 1)}`;
      const atMs = this.now();
      const delivery = { receiveCount: 0, visibleAtMs: atMs, receiptHandle: undefined };
      this.stored.push({ messageId, message, sentAtMs: atMs, ...delivery });
      return { outcome: 'published', messageId };
    });
  }

  async receive(request: {
    readonly maxMessages: number;
    readonly visibilitySeconds: number;
    readonly waitSeconds: number;
  }): Promise<readonly ReceivedMessage[]> {
    this.refuseInOutage();
    const visible = this.stored.filter(({ visibleAtMs }) => visibleAtMs <= this.now());
    return visible
      .slice(0, request.maxMessages)
      .map((entry) => this.deliver(entry, request.visibilitySeconds));
  }

  async delete(receiptHandles: readonly string[]): Promise<readonly string[]> {
    this.refuseInOutage();
    this.stored = this.stored.filter(
      ({ receiptHandle }) => receiptHandle === undefined || !receiptHandles.includes(receiptHandle),
    );
    return [];
  }

  async changeVisibility(changes: readonly VisibilityChange[]): Promise<readonly string[]> {
    this.refuseInOutage();
    const refused = changes.filter((change) => !this.hide(change));
    return refused.map(({ receiptHandle }) => receiptHandle);
  }

  private hide({ receiptHandle, seconds }: VisibilityChange): boolean {
    const entry = this.stored.find((candidate) => candidate.receiptHandle === receiptHandle);
    if (entry === undefined || entry.visibleAtMs <= this.now()) return false;
    entry.visibleAtMs = this.now() + seconds * 1_000;
    return true;
  }

  private deliver(entry: Stored, visibilitySeconds: number): ReceivedMessage {
    entry.receiveCount += 1;
    entry.visibleAtMs = this.now() + visibilitySeconds * 1_000;
    entry.receiptHandle = `receipt-${(this.serial += 1)}`;
    const { messageId, receiptHandle, receiveCount, sentAtMs, message } = entry;
    return {
      messageId,
      receiptHandle,
      body: message.body,
      attributes: message.attributes,
      receiveCount,
      sentAtMs,
      ...(message.groupId !== undefined && { groupId: message.groupId }),
    };
  }

  private refuseInOutage(): void {
    if (this.outage) throw this.outage;
  }
}
