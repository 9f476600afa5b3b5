import type { JsonObject, JsonValue } from '../json-value';
import { AttributeReader } from './attribute-reader';
import { MAX_NAME_CHARACTERS } from './bounds';
import type { ParseContext, ParsedMessage } from './parsed-message';
import { requestIdOf } from './request-id';

/** Source of events whose producer names none. */
const FOREIGN_SOURCE = '/foreign';

/** Type of plain JSON: it is read as a change of state. */
const FOREIGN_TYPE = 'latido.state.changed.v1';

/**
 * Reads plain JSON as a change of state.
 *
 *     {"id": "7", "subject": "cart-7", "operation": "merge", "data": {"n": 1}}   the shape of POST /events: taken as said
 *     {"id": "7", "n": 1}                                                        any other: the whole object is put
 *
 * Only `id`, `subject` and `time` are taken as ours: `type` or `source` in a stranger's document may mean anything.
 */
export function readPlainJson(value: JsonObject, body: string, context: ParseContext): ParsedMessage {
  const reader = new AttributeReader(withTextId(value));
  const source = context.foreign?.source ?? FOREIGN_SOURCE;
  const envelope = {
    id: requestIdOf(reader, body, context),
    source,
    type: context.foreign?.type ?? FOREIGN_TYPE,
    subject: reader.text('subject', MAX_NAME_CHARACTERS) ?? source,
    time: reader.moment('time') ?? new Date(context.sentAtMs).toISOString(),
    data: changeOf(value),
    lamport: 0,
    epoch: 0,
    sequence: 0,
  };
  if (reader.problems.length > 0)
    return { outcome: 'unreadable', reason: 'invalid_attribute', detail: reader.problems.join('; ') };
  return { outcome: 'event', envelope };
}

/** Numbers are usual ids outside of CloudEvents. */
function withTextId(value: JsonObject): JsonObject {
  return typeof value['id'] === 'number' ? { ...value, id: String(value['id']) } : value;
}

function changeOf(value: JsonObject): JsonValue {
  const { operation, data } = value;
  if (operation !== 'put' && operation !== 'merge' && operation !== 'delete')
    return { operation: 'put', value };
  return data === undefined ? { operation } : { operation, value: data };
}
