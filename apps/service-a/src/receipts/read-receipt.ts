import {
  type ContractRegistry,
  type DeadLetterDisposition,
  type EventEnvelope,
  parseEnvelope,
  type ReceiptData,
  type ReceivedMessage,
} from '@latido/messaging';
import type { Receipt } from '@latido/write-ahead-log';

/** What a message of the receipts queue turned out to be. */
export type ReadReceipt =
  | { readonly kind: 'receipt'; readonly envelope: EventEnvelope; readonly receipt: Receipt }
  /** Nothing that later copies could settle. */
  | {
      readonly kind: 'poison';
      readonly envelope?: EventEnvelope;
      readonly disposition: DeadLetterDisposition;
    };

export interface ReadReceiptPorts {
  readonly contracts: Pick<ContractRegistry, 'check'>;
  readonly sha256Hex: (text: string) => string;
}

/** Reads one message. Never throws, whatever a stranger may send. */
export function readReceipt(
  message: ReceivedMessage,
  { contracts, sha256Hex }: ReadReceiptPorts,
): ReadReceipt {
  const { body, messageId, sentAtMs, attributes } = message;
  const parsed = parseEnvelope(body, {
    messageId,
    sentAtMs,
    requestIdAttribute: attributes['requestId'],
    sha256Hex,
  });
  if (parsed.outcome === 'unreadable') return { kind: 'poison', disposition: deadLetter(parsed) };
  const { envelope } = parsed;
  const check = contracts.check(envelope);
  if (check.outcome !== 'ok') {
    const why = { reason: check.outcome, detail: check.detail, requestId: envelope.id };
    return { kind: 'poison', envelope, disposition: deadLetter(why) };
  }
  return { kind: 'receipt', envelope, receipt: receiptOf(envelope.data as unknown as ReceiptData) };
}

/** Call it for data that the contract has accepted, and for nothing else. */
function receiptOf(data: ReceiptData): Receipt {
  const { requestId: id, fingerprint, outcome, version = 0, certain = false, reason = '' } = data;
  return outcome === 'applied'
    ? { id, fingerprint, result: 'complete', version }
    : { id, fingerprint, result: 'failed', certain, reason };
}

function deadLetter(why: {
  readonly reason: string;
  readonly detail: string;
  readonly requestId?: string;
}): DeadLetterDisposition {
  const { reason, detail, requestId } = why;
  return { kind: 'deadLetter', reason, detail, ...(requestId !== undefined && { requestId }) };
}
