import { canonicalJson } from './canonical-json';

/**
 * SHA-256, in hex, of a value's canonical JSON: what was asked, in 64 characters.
 *
 * Put everything in it that changes the effect (operation, subject, data) and nothing that differs
 * between two copies of the same request (arrival time, trace id, attempt).
 *
 * @param sha256Hex - SHA-256 of a text's UTF-8 bytes in lower-case hex, for example
 *   `(text) => createHash('sha256').update(text).digest('hex')`.
 * @throws {@link NotJsonError} for a value that JSON cannot say.
 * @see RFC 8785, JSON Canonicalization Scheme.
 */
export function fingerprintOf(value: unknown, sha256Hex: (text: string) => string): string {
  return sha256Hex(canonicalJson(value));
}
