import {
  dataschemaOf,
  type EventEnvelope,
  fingerprintOf,
  type JsonValue,
  MAX_BODY_BYTES,
  serializeEnvelope,
  utf8Length,
} from '@latido/messaging';
import type { OutboxDraft } from '@latido/write-ahead-log';
import type { Decision } from './decision';
import type { EventCommand } from './event-command';

/** Who makes the events, and where they go: names of the topology. */
export const SERVICE = 'service-a';
export const EVENTS_TOPIC = 'state-events';

/**
 * Largest event, in bytes of its JSON. A message may have 256 KB with its attributes, and a dead letter adds
 * the reason: 4 KB are kept free for them.
 */
const MAX_EVENT_BYTES = MAX_BODY_BYTES - 4 * 1_024;

/** Makes the outbox entry of a command: pure, so that each copy of a command makes the same event. */
export function buildEvent(
  command: EventCommand,
  decision: Decision,
  ports: { readonly sha256Hex: (text: string) => string; readonly traceparent?: string | undefined },
): OutboxDraft {
  const envelope = envelopeOf(command, decision, ports.traceparent);
  return {
    id: decision.id,
    service: SERVICE,
    subject: command.subject,
    topic: EVENTS_TOPIC,
    message: printable(serializeEnvelope(envelope)),
    fingerprint: fingerprintOf(envelope, ports.sha256Hex),
  };
}

/** Type of the event of a decision, which is also the name of its contract. */
export function eventTypeOf({ contractVersion }: Pick<Decision, 'contractVersion'>): string {
  return `latido.state.changed.v${contractVersion}`;
}

/** True for an event that no topic would take. */
export function isTooLarge(draft: Pick<OutboxDraft, 'message'>): boolean {
  return utf8Length(draft.message) > MAX_EVENT_BYTES;
}

function envelopeOf(
  command: EventCommand,
  decision: Decision,
  traceparent: string | undefined,
): EventEnvelope {
  const { id, time, lamport, epoch, sequence, contractVersion } = decision;
  const type = eventTypeOf(decision);
  return {
    id,
    source: `/${SERVICE}`,
    type,
    subject: command.subject,
    time,
    dataschema: dataschemaOf({ type, version: contractVersion }),
    data: dataOf(command),
    lamport,
    epoch,
    sequence,
    ...(command.causedBy !== undefined && { causedby: command.causedBy }),
    ...(traceparent !== undefined && { traceparent }),
  };
}

function dataOf({ operation, data }: EventCommand): JsonValue {
  return data === undefined ? { operation } : { operation, value: data };
}

/** The two characters of JSON text that XML, and so SQS, cannot carry; a JSON reader sees no difference. */
function printable(json: string): string {
  return json.replaceAll('\ufffe', String.raw`\ufffe`).replaceAll('\uffff', String.raw`\uffff`);
}
