import { contractNamedBy } from '../contract/contract';
import type { EventEnvelope } from '../envelope/event-envelope';
import { serializeEnvelope } from '../envelope/serialize-envelope';
import type { OutgoingMessage } from './outgoing-message';

/**
 * Packs an event for a topic: type, source, contract version and trace as attributes, so that subscriptions can
 * filter on them without reading the body.
 *
 * @param how.fifo - group by partition key or subject, deduplicate by id.
 * @param how.body - the bytes as first published; a relay repeats them.
 * @param how.sha256Hex - port: names groups and ids that brokers do not take as they are.
 */
export function eventMessage(
  envelope: EventEnvelope,
  how: {
    readonly fifo: boolean;
    readonly sha256Hex: (text: string) => string;
    readonly body?: string;
  },
): OutgoingMessage {
  const contractVersion = contractNamedBy(envelope)?.version;
  return {
    body: how.body ?? serializeEnvelope(envelope),
    attributes: {
      type: envelope.type,
      source: envelope.source,
      ...(contractVersion !== undefined && { contractVersion }),
      ...(envelope.traceparent !== undefined && { traceparent: envelope.traceparent }),
    },
    ...(how.fifo && {
      groupId: fifoName(envelope.partitionkey ?? envelope.subject, how.sha256Hex),
      deduplicationId: fifoName(envelope.id, how.sha256Hex),
    }),
  };
}

/** Group and deduplication ids hold at most 128 printable ASCII characters; anything else is hashed. */
function fifoName(text: string, sha256Hex: (text: string) => string): string {
  return /^[!-~]{1,128}$/.test(text) ? text : sha256Hex(text);
}
