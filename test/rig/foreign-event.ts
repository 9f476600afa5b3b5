import { randomUUID } from 'node:crypto';
import type { OutgoingMessage } from '@latido/messaging';
import { PAYLOAD_MARKER } from './discretion';

/** A sound CloudEvent of a producer that is none of ours, as JSON; members given replace its own. */
export function foreignEvent(members: Readonly<Record<string, unknown>> = {}): OutgoingMessage {
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/a-stranger',
    type: 'latido.state.changed.v1',
    subject: 'foreign-1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { operation: 'put', value: { f: PAYLOAD_MARKER } },
    ...members,
  };
  return { body: JSON.stringify(event), attributes: { type: event.type } };
}

/** A message that is just this text. */
export function plainText(body: string): OutgoingMessage {
  return { body, attributes: {} };
}
