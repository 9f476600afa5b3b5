import type { MessagingErrorCode } from '../errors';
import type { OutgoingMessage } from './outgoing-message';

/** Why a message was not published: the broker's answer, or ours before it was asked. */
export type PublishFailureCode = MessagingErrorCode | 'too_many_attributes' | 'overloaded' | 'closed';

/** What became of one message. After `failed` it may still have arrived: a reply can get lost. */
export type PublishResult =
  | { readonly outcome: 'published'; readonly messageId: string }
  | {
      readonly outcome: 'failed';
      readonly code: PublishFailureCode;
      /** True when the same message may be taken later without anybody acting. */
      readonly retryable: boolean;
      readonly detail: string;
    };

/** Port: sends messages to one topic or queue. */
export interface Publisher {
  /**
   * Sends any number of messages.
   * @returns one result a message, in their order; never throws for what a broker says.
   */
  publish(messages: readonly OutgoingMessage[]): Promise<readonly PublishResult[]>;
}

/** Port: one call to a broker. */
export interface BatchTransport {
  /**
   * Sends 1 to 10 messages of together at most 256 KB.
   * @returns one result a message, in their order.
   * @throws MessagingError when the call as a whole failed.
   */
  sendBatch(messages: readonly OutgoingMessage[]): Promise<readonly PublishResult[]>;
}
