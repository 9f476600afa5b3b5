import { endToEnd } from '../../tools/bench/cost/end-to-end-cost';
import { MeteredTables } from '../../tools/bench/cost/metered-tables';

// Hundreds of calls one after the other: seconds on a busy machine.
/** Sums for ten events on warm subjects: outbox, publication, commit, receipt, settlement. */
describe('what ten events cost end to end', () => {
  let tables: MeteredTables;

  beforeEach(async () => {
    tables = await MeteredTables.create();
  });

  afterEach(() => tables.close());

  it.each([
    { eventIndex: 'open', withKey: false, writeUnits: 63 },
    { eventIndex: 'all', withKey: false, writeUnits: 73 },
    { eventIndex: 'open', withKey: true, writeUnits: 73 },
    { eventIndex: 'all', withKey: true, writeUnits: 83 },
  ] as const)(
    'is $writeUnits write units with eventIndex $eventIndex, Idempotency-Key: $withKey',
    async ({ eventIndex, withKey, writeUnits }) => {
      const { total } = await endToEnd(tables, { eventIndex, withKey });
      expect(total).toMatchObject({ writeUnits, readUnits: 10 });
    },
  );

  it('is 3 requests to SNS and SQS for the consumer, receipts included, and 3 for the sender', async () => {
    const { senderRequests, consumerRequests } = await endToEnd(tables, {
      eventIndex: 'all',
      withKey: false,
    });
    expect({ senderRequests, consumerRequests }).toEqual({ senderRequests: 3, consumerRequests: 3 });
  });
});
