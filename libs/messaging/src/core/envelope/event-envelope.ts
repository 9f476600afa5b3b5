import type { JsonValue } from '../json-value';

/**
 * One event as CloudEvents 1.0 describes it, with the extensions of this platform, defaults filled in.
 *
 * On the wire it is structured JSON, and the three numbers are decimal strings: CloudEvents integers end
 * at 2^31.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export interface EventEnvelope {
  /** The RequestID: the same over every retry and redelivery. UUIDv7 from our producers; at most 256 characters. */
  readonly id: string;
  /** Who says so, e.g. `/service-a`. */
  readonly source: string;
  /** Contract and its version, e.g. `latido.state.changed.v1`. */
  readonly type: string;
  /** The thing whose state changes; at most 256 characters. An event that names none is about its source. */
  readonly subject: string;
  /** When it happened, RFC 3339. Where the producer gives none: when the queue got it. */
  readonly time: string;
  /** Contract version as a URN, e.g. `urn:latido:contract:latido.state.changed:1`. */
  readonly dataschema?: string;
  readonly data: JsonValue;
  /** Lamport time of the sender; 0 from producers that keep no Lamport clock. */
  readonly lamport: number;
  /** The producer's incarnation; 0 where unknown. */
  readonly epoch: number;
  /** Number per producer process and topic, from 1; 0 is not numbered. */
  readonly sequence: number;
  /** Id of the event that led to this one. */
  readonly causedby?: string;
  /** Ordering key where it is not the subject. */
  readonly partitionkey?: string;
  /** W3C trace context. */
  readonly traceparent?: string;
  readonly tracestate?: string;
}
