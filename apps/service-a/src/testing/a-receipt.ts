import {
  dataschemaOf,
  RECEIPT_V1,
  type ReceiptData,
  type ReceivedMessage,
  serializeEnvelope,
} from '@latido/messaging';

/** A message of the receipts queue, as service-b sends it. */
export function aReceipt(
  data: Pick<ReceiptData, 'requestId' | 'fingerprint'> & Partial<ReceiptData>,
  over: Partial<ReceivedMessage> = {},
): ReceivedMessage {
  const outcome = data.outcome ?? 'applied';
  const body = serializeEnvelope({
    id: `receipt-of-${data.requestId}`,
    source: '/service-b',
    type: RECEIPT_V1.type,
    subject: 'cart-7',
    time: '2026-11-20T12:00:01.000Z',
    dataschema: dataschemaOf(RECEIPT_V1),
    data: { ...(outcome === 'applied' && { version: 1 }), ...data, outcome },
    lamport: 41,
    epoch: 7_000,
    sequence: 3,
  });
  return aMessage(body, over);
}

/** A message with any body. */
export function aMessage(body: string, over: Partial<ReceivedMessage> = {}): ReceivedMessage {
  return {
    messageId: 'm-1',
    receiptHandle: 'r-1',
    body,
    attributes: {},
    receiveCount: 1,
    sentAtMs: 0,
    ...over,
  };
}
