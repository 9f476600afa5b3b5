import { randomUUID } from 'node:crypto';
import type { Heartbeat } from '@latido/heartbeat';
import type { OutgoingMessage } from '@latido/messaging';

/** A heartbeat as its sender publishes it; members given replace those of its event. */
export function heartbeatEvent(
  data: Heartbeat,
  members: Readonly<Record<string, unknown>> = {},
): OutgoingMessage {
  const type = 'latido.heartbeat.v1';
  const event = { specversion: '1.0', id: randomUUID(), source: `/${data.service}`, type, data, ...members };
  return { body: JSON.stringify(event), attributes: { type } };
}
