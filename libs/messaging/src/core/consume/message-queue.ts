import type { BatchTransport } from '../publish/publisher';
import type { ReceivedMessage } from './received-message';

/** Hides a delivery for another `seconds` from now; 0 gives it back at once. */
export interface VisibilityChange {
  readonly receiptHandle: string;
  /** 0 to 43,200. */
  readonly seconds: number;
}

/** Port: one queue. Every call is one request for 1 to 10 messages; a call that fails as a whole throws MessagingError. */
export interface MessageQueue extends BatchTransport {
  receive(request: {
    readonly maxMessages: number;
    /** How long the messages are hidden from others. */
    readonly visibilitySeconds: number;
    /** How long to wait for the first message; 0 to 20. */
    readonly waitSeconds: number;
  }): Promise<readonly ReceivedMessage[]>;

  /** @returns the receipt handles that could not be deleted; a handle that is deleted already is fine. */
  delete(receiptHandles: readonly string[]): Promise<readonly string[]>;

  /** @returns the receipt handles whose time could not be changed. */
  changeVisibility(changes: readonly VisibilityChange[]): Promise<readonly string[]>;
}
