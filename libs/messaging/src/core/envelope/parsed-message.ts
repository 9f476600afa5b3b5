import type { EventEnvelope } from './event-envelope';
import type { UnsoundReason } from './sound-json';

/** Why a message cannot be read. Stable; label of a metric and attribute of the dead letter. */
export type UnreadableReason =
  | 'too_large'
  | 'not_json'
  | 'not_an_object'
  | UnsoundReason
  | 'unsupported_specversion'
  | 'invalid_attribute';

/** What became of a message body. `detail` is for people: it names the fields. */
export type ParsedMessage =
  | { readonly outcome: 'event'; readonly envelope: EventEnvelope }
  | { readonly outcome: 'unreadable'; readonly reason: UnreadableReason; readonly detail: string };

/** What a body is read with. */
export interface ParseContext {
  /** The queue's id of the message: part of the RequestID of an event without an id. */
  readonly messageId: string;
  /** The message's `requestId` attribute, which a redrive sets: the id of an event without one of its own. */
  readonly requestIdAttribute?: string | undefined;
  /** When the queue got the message, milliseconds since 1970: the time of an event without one. */
  readonly sentAtMs: number;
  /** Port: SHA-256 of a text, in hex. */
  readonly sha256Hex: (text: string) => string;
  /**
   * RequestID of an event without a usable id: a hash of message id and body, or of the body alone.
   * Beware of `body`: ON, OFF, ON from such a producer loses the third, which looks like the first.
   */
  readonly missingIdFrom?: 'message' | 'body';
  /** Defaults for producers that know nothing of this platform. */
  readonly foreign?: { readonly source?: string; readonly type?: string };
}
