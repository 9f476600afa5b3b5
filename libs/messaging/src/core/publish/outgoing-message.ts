import { utf8Length } from '../envelope/utf8-length';

/** A message on its way to a topic or queue. */
export interface OutgoingMessage {
  readonly body: string;
  /** Text attributes, at most {@link MAX_ATTRIBUTES}; values are never empty. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Order is kept within a group; FIFO topics and queues only, and there it is needed. */
  readonly groupId?: string;
  /** A second message with this id within 5 minutes is swallowed; FIFO only. */
  readonly deduplicationId?: string;
}

/** SQS shows at most 10 attributes; a message with 10 of its own silently loses the trace header. */
export const MAX_ATTRIBUTES = 9;

/** Bytes as the brokers count them: body, and name, type and value of each attribute. */
export function messageBytes(message: Pick<OutgoingMessage, 'body' | 'attributes'>): number {
  return Object.entries(message.attributes).reduce(
    (bytes, [name, value]) => bytes + utf8Length(name) + 'String'.length + utf8Length(value),
    utf8Length(message.body),
  );
}
