import { isJsonObject, type JsonObject, type JsonValue } from '../json-value';
import { MAX_BODY_BYTES } from './bounds';
import { readCloudEvent } from './cloud-event';
import type { ParseContext, ParsedMessage, UnreadableReason } from './parsed-message';
import { readPlainJson } from './plain-json';
import { unsoundness, type UnsoundReason } from './sound-json';
import { utf8Length } from './utf8-length';

/**
 * Reads a message body: a CloudEvent, a CloudEvent of a foreign producer, or plain JSON.
 *
 * Never throws: whatever a stranger may send ends as a reason. An SNS notification (a subscription without
 * raw delivery) is unwrapped.
 */
export function parseEnvelope(body: string, context: ParseContext): ParsedMessage {
  const bytes = utf8Length(body);
  if (bytes > MAX_BODY_BYTES)
    return unreadable('too_large', `the body has ${bytes} bytes, ${MAX_BODY_BYTES} are allowed`);
  const value = parseJson(body);
  if (value === undefined) return unreadable('not_json', 'the body is not JSON');
  if (!isJsonObject(value)) return unreadable('not_an_object', 'the body is JSON, but not an object');
  const inner = notificationMessage(value);
  return inner === undefined ? readObject(value, body, context) : parseEnvelope(inner, context);
}

function readObject(value: JsonObject, body: string, context: ParseContext): ParsedMessage {
  const unsound = unsoundness(value);
  if (unsound !== undefined) return unreadable(unsound, UNSOUND_DETAIL[unsound]);
  if (value['specversion'] === undefined) return readPlainJson(value, body, context);
  if (value['specversion'] === '1.0') return readCloudEvent(value, body, context);
  return unreadable('unsupported_specversion', 'specversion must be "1.0"');
}

/** The message inside an SNS notification; each unwrapping makes the body shorter, so it ends. */
function notificationMessage(value: JsonObject): string | undefined {
  const isNotification = value['Type'] === 'Notification' && typeof value['TopicArn'] === 'string';
  return isNotification && typeof value['Message'] === 'string' ? value['Message'] : undefined;
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function unreadable(reason: UnreadableReason, detail: string): ParsedMessage {
  return { outcome: 'unreadable', reason, detail };
}

const UNSOUND_DETAIL: Readonly<Record<UnsoundReason, string>> = {
  too_deep: 'the body is nested too deep',
  number_out_of_range: 'a number is beyond 2^53 and would be rounded: send it as a string',
  lone_surrogate: 'a text or a name has half a surrogate pair, which no UTF-8 can carry',
};
