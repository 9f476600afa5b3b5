import type { OperationLog } from '@latido/event-commit';
import { aDelivery, anEnvelope } from '../testing/an-event-message';
import type { Receipt } from '../receipts/receipt';
import { EventConsumer, type HandledMessage } from './event-consumer';
import type { Processed } from './process-batch';

const understood = { kind: 'unreadable', reason: 'not_json', detail: '' } as const;
const receipt: Receipt = {
  subject: 's',
  data: { requestId: 'e1', fingerprint: 'f', outcome: 'failed', certain: true, reason: 'r' },
};
const log = {} as OperationLog;

function aConsumer(
  processed: (messages: readonly Processed['message'][]) => readonly Processed[],
  isTaken = true,
) {
  const observed: HandledMessage[] = [];
  const sent: Receipt[] = [];
  const consumer = new EventConsumer({
    slots: { lend: (work) => work(log) },
    process: async (batch) => processed(batch),
    sendReceipts: async (receipts) => (sent.push(...receipts), receipts.map(() => isTaken)),
    understand: () => understood,
    observe: (handled) => observed.push(handled),
    now: () => 1_000,
  });
  return { consumer, observed, sent };
}

const buried = ([message]: readonly Processed['message'][]): readonly Processed[] => [
  {
    message: message!,
    understood,
    disposition: { kind: 'deadLetter', reason: 'r' },
    receiptAfterBurial: receipt,
  },
];

describe('EventConsumer', () => {
  it('answers the dispositions of a batch, and remembers what it came to', async () => {
    const { consumer, observed } = aConsumer((batch) => [
      { message: batch[0]!, understood, disposition: { kind: 'acknowledge' } },
      { message: batch[1]!, understood, disposition: { kind: 'giveBack' } },
    ]);
    const dispositions = await consumer.handle([aDelivery('a', 1), aDelivery('b', 2)]);
    expect(dispositions).toEqual([{ kind: 'acknowledge' }, { kind: 'giveBack' }]);
    expect(consumer.lastBatch).toEqual({
      atMs: 1_000,
      received: 2,
      acknowledged: 1,
      givenBack: 1,
      deadLettered: 0,
    });
    expect(observed.map(({ result }) => result)).toEqual(['acknowledged', 'given_back']);
  });

  it('tells the producer of a dead letter, and counts it, only when it has arrived', async () => {
    const { consumer, observed, sent } = aConsumer(buried);
    const message = aDelivery('a');
    await consumer.handle([message]);
    expect([sent, observed]).toEqual([[], []]);
    await consumer.afterDeadLetter(message);
    expect(sent).toEqual([receipt]);
    expect(observed).toMatchObject([{ result: 'dead_lettered' }]);
  });

  it('keeps the message of a dead letter whose receipt was not taken', async () => {
    const { consumer, observed } = aConsumer(buried, false);
    const message = aDelivery('a');
    await consumer.handle([message]);
    await expect(consumer.afterDeadLetter(message)).rejects.toMatchObject({
      code: 'receipt_not_sent',
      requestId: 'e1',
    });
    expect(observed).toEqual([]);
  });

  it('lets a dead letter without a producer go', async () => {
    const { consumer, sent } = aConsumer(([message]) => [
      { message: message!, understood, disposition: { kind: 'deadLetter', reason: 'not_json' } },
    ]);
    const message = aDelivery('a');
    await consumer.handle([message]);
    await consumer.afterDeadLetter(message);
    expect(sent).toEqual([]);
  });

  it('throws when nothing can work, so that the pollers slow down, and the books hear of the attempts', async () => {
    const { consumer, observed } = aConsumer(() => {
      throw new Error('the table is away');
    });
    await expect(consumer.handle([aDelivery(anEnvelope('e1').id)])).rejects.toThrow('the table is away');
    expect(consumer.lastBatch).toBeUndefined();
    expect(observed).toMatchObject([{ result: 'given_back', arrivedAtMs: 1_000 }]);
  });
});
