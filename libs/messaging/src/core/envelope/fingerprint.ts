import canonicalize from 'canonicalize';
import type { EventEnvelope } from './event-envelope';

/**
 * What an event asks for, as one hash: the same over retries, another when id and payload do not belong together.
 *
 *     SHA-256( canonical JSON of { source, type, subject, data } )       the operation is part of data
 *
 * The subject is in it, so that an id reused for another subject does not apply there; id, time, Lamport time,
 * sequence and trace context are not, because a producer may send the same request with new ones.
 *
 * @param sha256Hex - port: SHA-256 of a text, in hex.
 * @see RFC 8785, JSON Canonicalization Scheme
 */
export function fingerprintOf(
  envelope: Pick<EventEnvelope, 'source' | 'type' | 'subject' | 'data'>,
  sha256Hex: (text: string) => string,
): string {
  const { source, type, subject, data } = envelope;
  return sha256Hex(canonicalize({ source, type, subject, data }) ?? '');
}
