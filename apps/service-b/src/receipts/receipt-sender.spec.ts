import {
  ContractRegistry,
  type OutgoingMessage,
  parseEnvelope,
  type PublishResult,
  RECEIPT_V1,
} from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import type { Receipt } from './receipt';
import { ReceiptSender, type ReceiptSenderPorts } from './receipt-sender';

const applied = (requestId: string): Receipt => ({
  subject: 'cart-1',
  data: { requestId, fingerprint: 'f'.repeat(64), outcome: 'applied', version: 3 },
});
const published: PublishResult = { outcome: 'published', messageId: 'm' };
const refused: PublishResult = { outcome: 'failed', code: 'throttled', retryable: true, detail: 'slow down' };

function aSender(results: readonly PublishResult[] | Error, overrides: Partial<ReceiptSenderPorts> = {}) {
  const calls: (readonly OutgoingMessage[])[] = [];
  const numbers: string[] = [];
  let sequence = 0;
  let time = 40;
  const sender = new ReceiptSender({
    publisher: {
      publish: async (messages) => {
        calls.push(messages);
        if (results instanceof Error) throw results;
        return results;
      },
    },
    clock: { epoch: 9, tick: async () => (time += 1) },
    numbers: {
      assign: () => (sequence += 1),
      published: (number) => void numbers.push(`published ${number.sequence}`),
      voided: (number) => void numbers.push(`void ${number.sequence}`),
    },
    now: () => 0,
    newId: () => 'r1',
    sha256Hex,
    fifo: false,
    ...overrides,
  });
  return { sender, calls, numbers };
}

const envelopesOf = (messages: readonly OutgoingMessage[] = []) =>
  messages.map(({ body }) => {
    const parsed = parseEnvelope(body, { messageId: '', sentAtMs: 0, sha256Hex });
    if (parsed.outcome !== 'event') throw new Error(parsed.detail);
    return parsed.envelope;
  });

describe('ReceiptSender', () => {
  it('sends the receipts of a batch in one call', async () => {
    const { sender, calls } = aSender([published, published]);
    expect(await sender.send([applied('e1'), applied('e2')])).toEqual([true, true]);
    expect(calls.map((messages) => messages.length)).toEqual([2]);
  });

  it('stamps each receipt with its own time, the epoch, a number and the event that led to it', async () => {
    const { sender, calls } = aSender([published, published]);
    await sender.send([applied('e1'), applied('e2')]);
    expect(envelopesOf(calls[0])).toMatchObject([
      { lamport: 41, epoch: 9, sequence: 1, causedby: 'e1', source: '/service-b', subject: 'cart-1' },
      { lamport: 42, epoch: 9, sequence: 2, causedby: 'e2' },
    ]);
  });

  it('keeps to the contract of receipts', async () => {
    const { sender, calls } = aSender([published]);
    await sender.send([applied('e1')]);
    const [envelope] = envelopesOf(calls[0]);
    expect(envelope && new ContractRegistry([RECEIPT_V1]).check(envelope)).toEqual({ outcome: 'ok' });
  });

  it('says which receipts were not taken, and voids their numbers', async () => {
    const { sender, numbers } = aSender([published, refused]);
    expect(await sender.send([applied('e1'), applied('e2')])).toEqual([true, false]);
    expect(numbers).toEqual(['published 1', 'void 2']);
  });

  it('takes nothing as sent when the call gets no answer', async () => {
    const { sender, numbers } = aSender(new Error('lost'));
    expect(await sender.send([applied('e1')])).toEqual([false]);
    expect(numbers).toEqual(['void 1']);
  });

  it('assigns no number to a receipt that cannot be stamped', async () => {
    const clock = { epoch: 9, tick: () => Promise.reject(new Error('the table is away')) };
    const { sender, calls, numbers } = aSender([published], { clock });
    expect(await sender.send([applied('e1')])).toEqual([false]);
    expect([calls, numbers]).toEqual([[], []]);
  });

  it('keeps the receipts of a subject in order on a FIFO topic', async () => {
    const { sender, calls } = aSender([published], { fifo: true });
    await sender.send([applied('e1')]);
    expect(calls[0]).toMatchObject([{ groupId: 'cart-1', deduplicationId: 'r1' }]);
  });

  it('carries the trace of what was done for its event', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { sender, calls } = aSender([published]);
    await sender.send([{ ...applied('e1'), traceparent }]);
    expect(calls[0]).toMatchObject([{ attributes: { traceparent } }]);
  });
});
