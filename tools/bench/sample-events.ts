import type { CommitEvent } from '@latido/event-commit';
import {
  ContractRegistry,
  dataschemaOf,
  type EventEnvelope,
  type ReceivedMessage,
  serializeEnvelope,
  STATE_CHANGED_V1,
} from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { v7 } from 'uuid';
import { understand } from '../../apps/service-b/src/consumer/understand';

/** When the sample events happen: a fixed moment, so that sizes are the same in every run. */
export const SAMPLE_TIME_MS = Date.UTC(2026, 0, 1, 12, 34, 56, 789);

export const contracts = new ContractRegistry([STATE_CHANGED_V1]);

/** An event as service-a sends it: put a small cart, padded where a size is wanted. */
export function sampleEnvelope(subject: string, padding = ''): EventEnvelope {
  return {
    id: v7({ msecs: SAMPLE_TIME_MS }),
    source: '/service-a',
    type: STATE_CHANGED_V1.type,
    subject,
    time: new Date(SAMPLE_TIME_MS).toISOString(),
    dataschema: dataschemaOf(STATE_CHANGED_V1),
    data: { operation: 'put', value: { items: 3, note: padding } },
    lamport: 12_345,
    epoch: 2_001,
    sequence: 123,
  };
}

/** A message with this envelope, as the queue hands it out. */
export function messageOf(envelope: EventEnvelope): ReceivedMessage {
  return {
    messageId: envelope.id,
    receiptHandle: envelope.id,
    body: serializeEnvelope(envelope),
    attributes: {},
    receiveCount: 1,
    sentAtMs: SAMPLE_TIME_MS,
  };
}

/** A sample event as service-b understands it, whose record in the log takes exactly `recordBytes` of JSON. */
export function sampleEvent(subject: string, recordBytes = 300): CommitEvent {
  const bareBytes = JSON.stringify(eventOf(sampleEnvelope(subject))).length;
  if (bareBytes > recordBytes) throw new Error(`a sample record takes at least ${bareBytes} bytes`);
  return eventOf(sampleEnvelope(subject, 'x'.repeat(recordBytes - bareBytes)));
}

function eventOf(envelope: EventEnvelope): CommitEvent {
  const understood = understand(messageOf(envelope), { contracts, sha256Hex });
  if (understood.kind !== 'event') throw new Error(`the sample event is ${understood.kind}`);
  return understood.event;
}
