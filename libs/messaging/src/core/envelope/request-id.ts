import type { AttributeReader } from './attribute-reader';
import { MAX_NAME_CHARACTERS } from './bounds';
import type { ParseContext } from './parsed-message';

/** The id of an event, or a hash in its place where the producer gave none that can be used. */
export function requestIdOf(reader: AttributeReader, body: string, context: ParseContext): string {
  const given = reader.text('id', MAX_NAME_CHARACTERS) ?? context.requestIdAttribute;
  if (given !== undefined) return given;
  const seed = context.missingIdFrom === 'body' ? body : `${context.messageId}\n${body}`;
  return `sha256-${context.sha256Hex(seed)}`;
}
