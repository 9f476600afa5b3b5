import type { DeadLetterDisposition } from '../consume/disposition';
import type { ReceivedMessage } from '../consume/received-message';
import type { OutgoingMessage } from '../publish/outgoing-message';

/** Attributes a dead letter carries; the names are part of the contract with people and tools. */
export const DEAD_LETTER_ATTRIBUTES = {
  reason: 'deadLetterReason',
  detail: 'deadLetterDetail',
  requestId: 'requestId',
} as const;

/** SQS takes 10 attributes on a message; the trace has been read already, so all ten may be used. */
const MAX_DEAD_LETTER_ATTRIBUTES = 10;
const MAX_DETAIL_CHARACTERS = 256;

/** Packs a poison message for the dead-letter queue: same body, own attributes first, reason and RequestID added. */
export function deadLetterMessage(
  message: ReceivedMessage,
  disposition: DeadLetterDisposition,
): OutgoingMessage {
  const own = Object.entries({
    [DEAD_LETTER_ATTRIBUTES.reason]: printable(disposition.reason),
    [DEAD_LETTER_ATTRIBUTES.requestId]: printable(disposition.requestId ?? ''),
    [DEAD_LETTER_ATTRIBUTES.detail]: printable(disposition.detail ?? ''),
  }).filter(([, value]) => value !== '');
  const names = new Set(own.map(([name]) => name));
  const inherited = Object.entries(message.attributes)
    .filter(([name]) => !names.has(name))
    .slice(0, MAX_DEAD_LETTER_ATTRIBUTES - own.length);
  return {
    body: message.body,
    attributes: Object.fromEntries([...inherited, ...own]),
    ...(message.groupId !== undefined && {
      groupId: message.groupId,
      deduplicationId: message.messageId,
    }),
  };
}

/** Attribute values must be characters XML can carry; the cut may have split a surrogate pair. */
function printable(text: string): string {
  return text.slice(0, MAX_DETAIL_CHARACTERS).replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '?');
}
