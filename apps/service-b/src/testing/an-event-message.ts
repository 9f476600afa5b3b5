import {
  dataschemaOf,
  type EventEnvelope,
  type JsonValue,
  type ReceivedMessage,
  serializeEnvelope,
  STATE_CHANGED_V1,
} from '@latido/messaging';

/** A state change of `/service-a` as it comes in: puts `{ by: id }` on `cart-1`, unless told otherwise. */
export function anEnvelope(id: string, overrides: Partial<EventEnvelope> = {}): EventEnvelope {
  return {
    id,
    source: '/service-a',
    type: STATE_CHANGED_V1.type,
    subject: 'cart-1',
    time: new Date().toISOString(),
    dataschema: dataschemaOf(STATE_CHANGED_V1),
    data: { operation: 'put', value: { by: id } },
    lamport: 1,
    epoch: 1,
    sequence: 1,
    ...overrides,
  };
}

/** Body of {@link anEnvelope}. */
export function anEventBody(id: string, overrides: Partial<EventEnvelope> = {}): string {
  return serializeEnvelope(anEnvelope(id, overrides));
}

/** A delivery of a body; the receipt handle is as unique as the queue would make it. */
export function aDelivery(body: string, delivery = 1): ReceivedMessage {
  return {
    messageId: `message-${body.length}`,
    receiptHandle: `receipt-${delivery}`,
    body,
    attributes: {},
    receiveCount: delivery,
    sentAtMs: Date.now(),
  };
}

/** Data of a put. */
export function putOf(value: JsonValue): JsonValue {
  return { operation: 'put', value };
}
