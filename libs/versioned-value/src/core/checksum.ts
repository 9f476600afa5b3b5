import canonicalize from 'canonicalize';
import type { LiveContent } from './apply-operation';
import type { Version } from './version';

/** Port: SHA-256 of a text's UTF-8 bytes, in lower-case hex. */
export type Sha256Hex = (text: string) => string;

/** SHA-256 of the content's canonical JSON (RFC 8785): equal contents have equal checksums. */
export function checksumOf(content: LiveContent, sha256Hex: Sha256Hex): string {
  return sha256Hex(canonicalize(content) ?? '');
}

/** Whether the content is still the one that was written. What retention removed cannot be told: true. */
export function isIntact({ content, checksum }: Version, sha256Hex: Sha256Hex): boolean {
  return content.kind === 'pruned' || checksumOf(content, sha256Hex) === checksum;
}
