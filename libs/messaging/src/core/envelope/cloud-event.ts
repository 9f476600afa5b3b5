import type { JsonObject } from '../json-value';
import { AttributeReader } from './attribute-reader';
import { MAX_NAME_CHARACTERS, MAX_SCHEMA_CHARACTERS, MAX_TRACESTATE_CHARACTERS } from './bounds';
import type { EventEnvelope } from './event-envelope';
import type { ParseContext, ParsedMessage } from './parsed-message';
import { requestIdOf } from './request-id';

/** Reads a CloudEvents 1.0 object; all that is wrong with its attributes is said in one detail. */
export function readCloudEvent(value: JsonObject, body: string, context: ParseContext): ParsedMessage {
  const reader = new AttributeReader(value);
  const envelope = envelopeFrom(value, reader, body, context);
  if (reader.problems.length > 0)
    return { outcome: 'unreadable', reason: 'invalid_attribute', detail: reader.problems.join('; ') };
  return { outcome: 'event', envelope };
}

function envelopeFrom(
  value: JsonObject,
  reader: AttributeReader,
  body: string,
  context: ParseContext,
): EventEnvelope {
  refuseOtherThanJson(value, reader);
  const source = required(reader, 'source');
  return {
    id: requestIdOf(reader, body, context),
    source,
    type: required(reader, 'type'),
    subject: reader.text('subject', MAX_NAME_CHARACTERS) ?? source,
    time: reader.moment('time') ?? new Date(context.sentAtMs).toISOString(),
    data: value['data'] ?? null,
    lamport: reader.count('lamport'),
    epoch: reader.count('epoch'),
    sequence: reader.count('sequence'),
    ...present('dataschema', reader.text('dataschema', MAX_SCHEMA_CHARACTERS)),
    ...present('causedby', reader.text('causedby', MAX_NAME_CHARACTERS)),
    ...present('partitionkey', reader.text('partitionkey', MAX_NAME_CHARACTERS)),
    ...traceContext(value),
  };
}

function required(reader: AttributeReader, name: string): string {
  return reader.text(name, MAX_NAME_CHARACTERS) ?? reader.problem(name, 'is missing or unusable') ?? '';
}

function refuseOtherThanJson(value: JsonObject, reader: AttributeReader): void {
  if (value['data_base64'] !== undefined)
    reader.problem('data_base64', 'is not supported: send JSON in data');
  const contentType = reader.text('datacontenttype', MAX_NAME_CHARACTERS);
  if (contentType !== undefined && !JSON_TYPE.test(contentType))
    reader.problem('datacontenttype', 'must be a JSON media type');
}

/** A broken trace context is dropped, as W3C asks: it must never cost an event. */
function traceContext(value: JsonObject): { traceparent?: string; tracestate?: string } {
  const traceparent = value['traceparent'];
  const tracestate = value['tracestate'];
  if (typeof traceparent !== 'string' || !TRACEPARENT.test(traceparent)) return {};
  const carries =
    typeof tracestate === 'string' && tracestate !== '' && tracestate.length <= MAX_TRACESTATE_CHARACTERS;
  return carries ? { traceparent, tracestate } : { traceparent };
}

function present<K extends string>(name: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]?: string });
}

const JSON_TYPE = /^(application|text)\/([\w.-]+\+)?json\s*(;|$)/i;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
