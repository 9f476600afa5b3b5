import type { CommitEvent } from '@latido/event-commit';
import {
  type ContractCheck,
  type ContractRegistry,
  type EventEnvelope,
  fingerprintOf,
  parseEnvelope,
  type ReceivedMessage,
} from '@latido/messaging';
import { isReservedSubject } from '@latido/topology';
import { operationOf } from './operation-of';

/** What a message turned out to be. */
export type Understood =
  /** An event under a known contract; `invalid` in it where its data breaks that contract, or its subject is not free. */
  | {
      readonly kind: 'event';
      readonly envelope: EventEnvelope;
      readonly event: CommitEvent;
      readonly detail?: string;
    }
  /** An event that nobody here has a contract for. Another version of this service may. */
  | {
      readonly kind: 'foreign';
      readonly envelope: EventEnvelope;
      readonly fingerprint: string;
      readonly reason: 'unknown_type' | 'unknown_version';
      readonly detail: string;
    }
  /** No event at all. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly detail: string };

/**
 * Stable codes of what is refused for certain under a known contract: stored in the claim, told in the receipt,
 * attribute of the dead letter.
 */
type Refusal = 'invalid_data' | 'reserved_subject';

export interface UnderstandPorts {
  readonly contracts: Pick<ContractRegistry, 'check'>;
  readonly sha256Hex: (text: string) => string;
}

/**
 * Reads one message: body, contract, fingerprint. Never throws, whatever a stranger may send.
 *
 *     body --parse--> envelope --contract--> event (valid, or invalid for certain)
 *        |                         |
 *        v                         v
 *     unreadable                foreign: its type or version is unknown here, and perhaps not elsewhere
 */
export function understand(message: ReceivedMessage, ports: UnderstandPorts): Understood {
  const parsed = parseEnvelope(message.body, {
    messageId: message.messageId,
    requestIdAttribute: message.attributes['requestId'],
    sentAtMs: message.sentAtMs,
    sha256Hex: ports.sha256Hex,
  });
  if (parsed.outcome === 'unreadable') return { ...parsed, kind: 'unreadable' };
  return judge(parsed.envelope, ports);
}

function judge(envelope: EventEnvelope, { contracts, sha256Hex }: UnderstandPorts): Understood {
  const fingerprint = fingerprintOf(envelope, sha256Hex);
  const check: ContractCheck = contracts.check(envelope);
  const facts = factsOf(envelope, fingerprint);
  const refused = (invalid: Refusal, detail: string): Understood => ({
    kind: 'event',
    envelope,
    event: { ...facts, invalid },
    detail,
  });
  switch (check.outcome) {
    case 'unknown_type':
    case 'unknown_version':
      return { kind: 'foreign', envelope, fingerprint, reason: check.outcome, detail: check.detail };
    case 'invalid_data':
      return refused('invalid_data', check.detail);
    case 'ok':
    default:
      return isReservedSubject(envelope.subject)
        ? refused('reserved_subject', RESERVED)
        : { kind: 'event', envelope, event: { ...facts, operation: operationOf(envelope.data) } };
  }
}

const RESERVED = 'subjects that begin with service# or board# belong to the platform';

function factsOf(envelope: EventEnvelope, fingerprint: string) {
  const { id, subject, lamport, source, epoch, time } = envelope;
  return { id, fingerprint, subject, lamport, source, epoch, timeMs: Date.parse(time) };
}
