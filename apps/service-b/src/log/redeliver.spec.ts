import type { CommitOutcome, LogRecord } from '@latido/event-commit';
import type { Receipt } from '../receipts/receipt';
import { redeliver } from './redeliver';

const record: LogRecord = {
  id: 'e1',
  fingerprint: 'f1',
  subject: 'cart-1',
  lamport: 1,
  source: '/service-a',
  epoch: 1,
  timeMs: 0,
  operation: { kind: 'delete' },
};

function ports(outcome: CommitOutcome | undefined, isTaken = true) {
  const sent: Receipt[] = [];
  return {
    sent,
    committer: { redeliver: async () => outcome },
    receipts: { send: async (receipts: readonly Receipt[]) => (sent.push(...receipts), [isTaken]) },
  };
}

describe('redeliver', () => {
  it('sends the receipt of an operation again', async () => {
    const world = ports({ kind: 'duplicate', version: 4 });
    await redeliver(record, 't', world);
    expect(world.sent).toMatchObject([{ data: { requestId: 'e1', fingerprint: 'f1', version: 4 } }]);
  });

  it('throws when the receipt was not taken, so that recovery counts it', async () => {
    const world = ports({ kind: 'applied', version: 4 }, false);
    await expect(redeliver(record, 't', world)).rejects.toMatchObject({ code: 'receipt_not_sent' });
  });

  it('says nothing for a rollback: its caller asks again himself', async () => {
    const rollback: LogRecord = { requestId: 'http#k', subject: 's', ifMatch: 1, toVersion: 1, lamport: 1 };
    const world = ports(undefined);
    await redeliver(rollback, 't', world);
    expect(world.sent).toEqual([]);
  });
});
