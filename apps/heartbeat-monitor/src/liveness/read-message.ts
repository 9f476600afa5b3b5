import { type Heartbeat, heartbeatContract, validateHeartbeat } from '@latido/heartbeat';
import { parseEnvelope, type ReceivedMessage } from '@latido/messaging';
import { CANARY_TYPE, canaryIdOf } from './canary';

/** Why a message on a heartbeat queue counts for nothing. Stable; values of the label `result`. */
export type RefusalReason = 'malformed' | 'too_large' | 'unknown_type';

/** What a message on a heartbeat queue turned out to be. `detail` is for people: it names what is wrong. */
export type MonitorMessage =
  | { readonly kind: 'heartbeat'; readonly heartbeat: Heartbeat }
  | { readonly kind: 'canary'; readonly id: string }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail: string };

/** An envelope around the largest heartbeat; anything larger is refused before it is parsed. */
const MAX_CHARACTERS = 72_000;

/** Reads one message of a heartbeat queue. Never throws, whatever a stranger may send. */
export function readMessage(
  message: Pick<ReceivedMessage, 'body' | 'messageId' | 'sentAtMs'>,
  sha256Hex: (text: string) => string,
): MonitorMessage {
  const { body, messageId, sentAtMs } = message;
  if (body.length > MAX_CHARACTERS) return refused('too_large', `${body.length} characters`);
  const parsed = parseEnvelope(body, { messageId, sentAtMs, sha256Hex });
  if (parsed.outcome === 'unreadable') {
    return refused(parsed.reason === 'too_large' ? 'too_large' : 'malformed', parsed.detail);
  }
  const { type, data } = parsed.envelope;
  if (type === heartbeatContract.type) return readHeartbeat(data);
  if (type === CANARY_TYPE) return readCanary(data);
  return refused('unknown_type', `no message of a heartbeat queue has the type ${type}`);
}

function readHeartbeat(data: unknown): MonitorMessage {
  const parsed = validateHeartbeat(data);
  if (parsed.outcome === 'valid') return { kind: 'heartbeat', heartbeat: parsed.heartbeat };
  const where = parsed.reason === 'invalid_field' ? `data${parsed.field} is not valid` : parsed.reason;
  return refused('malformed', where);
}

function readCanary(data: unknown): MonitorMessage {
  const id = canaryIdOf(data);
  return id === undefined ? refused('malformed', 'a canary without an id') : { kind: 'canary', id };
}

function refused(reason: RefusalReason, detail: string): MonitorMessage {
  return { kind: 'refused', reason, detail };
}
