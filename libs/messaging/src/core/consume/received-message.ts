/** A message as a queue handed it out. */
export interface ReceivedMessage {
  /** The queue's id; the same over redeliveries, and over two copies in one batch. */
  readonly messageId: string;
  /** Names this delivery: what is deleted, hidden longer, or given back. */
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Deliveries so far, this one included; approximate. */
  readonly receiveCount: number;
  /** When the queue got it, milliseconds since 1970. */
  readonly sentAtMs: number;
  /** FIFO queues only. */
  readonly groupId?: string;
}
