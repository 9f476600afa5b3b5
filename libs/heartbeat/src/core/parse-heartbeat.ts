import { FieldReader, InvalidField, requireRecord, requireText } from './field-reader';
import type { Heartbeat, HeartbeatState, TopicContracts } from './heartbeat';
import { HEARTBEAT_LIMITS as LIMITS } from './heartbeat-limits';

/** A heartbeat, or why it is none: `field` is the JSON Pointer of the first thing wrong. */
export type ParsedHeartbeat =
  | { readonly outcome: 'valid'; readonly heartbeat: Heartbeat }
  | { readonly outcome: 'invalid'; readonly reason: 'too_large' | 'not_json' }
  | { readonly outcome: 'invalid'; readonly reason: 'invalid_field'; readonly field: string };

const STATES: readonly HeartbeatState[] = ['starting', 'up', 'draining', 'goodbye'];

/**
 * Reads a heartbeat from its JSON text. Never throws, whatever the text.
 *
 * @param json - at most 65,536 characters; a longer one is refused before it is parsed.
 * @example
 * parseHeartbeat('{}'); // => { outcome: 'invalid', reason: 'invalid_field', field: '/service' }
 */
export function parseHeartbeat(json: string): ParsedHeartbeat {
  if (json.length > LIMITS.messageCharacters) return { outcome: 'invalid', reason: 'too_large' };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { outcome: 'invalid', reason: 'not_json' };
  }
  return validateHeartbeat(value);
}

/**
 * The same for JSON that was parsed already, for example the data of an envelope whose size was
 * checked. Unknown fields are dropped, so that a newer sender is still heard.
 */
export function validateHeartbeat(value: unknown): ParsedHeartbeat {
  try {
    return { outcome: 'valid', heartbeat: readHeartbeat(FieldReader.of(value)) };
  } catch (error) {
    if (error instanceof InvalidField) {
      return { outcome: 'invalid', reason: 'invalid_field', field: error.path };
    }
    throw error;
  }
}

function readHeartbeat(fields: FieldReader): Heartbeat {
  const incarnation = (from: FieldReader) => ({
    epoch: from.integer('epoch', { minimum: 0, ...LIMITS.integer }),
    token: from.text('token', LIMITS.token),
  });
  return {
    service: fields.text('service', LIMITS.name),
    instanceId: fields.text('instanceId', LIMITS.instanceId),
    incarnation: incarnation(fields.object('incarnation')),
    seq: fields.integer('seq', { minimum: 1, ...LIMITS.integer }),
    sentAtMs: fields.integer('sentAtMs', { minimum: 0, ...LIMITS.sentAtMs }),
    uptimeMs: fields.integer('uptimeMs', { minimum: 0, ...LIMITS.integer }),
    intervalMs: fields.integer('intervalMs', LIMITS.intervalMs),
    state: fields.oneOf('state', STATES),
    version: fields.text('version', LIMITS.version),
    ...(fields.has('zone') && { zone: fields.text('zone', LIMITS.name) }),
    produces: fields.list('produces', LIMITS.topics, readTopicContracts),
    accepts: fields.list('accepts', LIMITS.topics, readTopicContracts),
    edges: fields.list('edges', LIMITS.edges, requireRecord),
  };
}

function readTopicContracts(value: unknown, path: string): TopicContracts {
  const fields = FieldReader.of(value, path);
  return {
    topic: fields.text('topic', LIMITS.name),
    contracts: fields.list('contracts', LIMITS.contractsPerTopic, (item, at) =>
      requireText(item, LIMITS.contract, at),
    ),
  };
}
