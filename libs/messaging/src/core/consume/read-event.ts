import { DEAD_LETTER_ATTRIBUTES } from '../dead-letter/dead-letter-message';
import { parseEnvelope } from '../envelope/parse-envelope';
import type { ParseContext, ParsedMessage } from '../envelope/parsed-message';
import type { ReceivedMessage } from './received-message';

/**
 * Reads the event in a message, also in one that was redriven: it keeps the RequestID it was first known by.
 *
 * @example
 * const parsed = readEvent(message, { sha256Hex });
 * if (parsed.outcome === 'unreadable') return { kind: 'deadLetter', reason: parsed.reason, detail: parsed.detail };
 */
export function readEvent(
  message: ReceivedMessage,
  context: Omit<ParseContext, 'messageId' | 'sentAtMs' | 'requestIdAttribute'>,
): ParsedMessage {
  const { body, messageId, sentAtMs, attributes } = message;
  const requestIdAttribute = attributes[DEAD_LETTER_ATTRIBUTES.requestId];
  return parseEnvelope(body, { ...context, messageId, sentAtMs, requestIdAttribute });
}
