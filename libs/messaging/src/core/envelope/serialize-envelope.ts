import type { EventEnvelope } from './event-envelope';

/**
 * Writes an envelope as CloudEvents 1.0 structured JSON; `parseEnvelope` reads it back unchanged.
 *
 * The order of the members is fixed, so equal envelopes give equal bytes.
 */
export function serializeEnvelope(envelope: EventEnvelope): string {
  return JSON.stringify({
    specversion: '1.0',
    id: envelope.id,
    source: envelope.source,
    type: envelope.type,
    subject: envelope.subject,
    time: envelope.time,
    datacontenttype: 'application/json',
    dataschema: envelope.dataschema,
    lamport: String(envelope.lamport),
    epoch: String(envelope.epoch),
    sequence: String(envelope.sequence),
    causedby: envelope.causedby,
    partitionkey: envelope.partitionkey,
    traceparent: envelope.traceparent,
    tracestate: envelope.tracestate,
    data: envelope.data,
  });
}
