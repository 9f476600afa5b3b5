import type { Message, MessageSystemAttributeName } from '@aws-sdk/client-sqs';
import type { ReceivedMessage } from '../core/consume/received-message';

/** What a receive must ask for, so that {@link toReceivedMessage} finds it. */
export const RECEIVE_EVERYTHING = {
  messageAttributeNames: ['All'],
  messageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp', 'MessageGroupId'],
} as const satisfies {
  messageAttributeNames: readonly string[];
  messageSystemAttributeNames: readonly MessageSystemAttributeName[];
};

/** Turns a message of the SDK into ours. Binary attributes are left out: nobody here writes them. */
export function toReceivedMessage(message: Message): ReceivedMessage {
  const { ApproximateReceiveCount, SentTimestamp, MessageGroupId } = message.Attributes ?? {};
  const attributes = Object.entries(message.MessageAttributes ?? {}).flatMap(([name, { StringValue }]) =>
    StringValue === undefined ? [] : [[name, StringValue] as const],
  );
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: Object.fromEntries(attributes),
    receiveCount: Number(ApproximateReceiveCount ?? 1),
    sentAtMs: Number(SentTimestamp ?? 0),
    ...(MessageGroupId !== undefined && { groupId: MessageGroupId }),
  };
}
