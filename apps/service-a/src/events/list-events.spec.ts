import { InvalidCursorError, type OutboxEntry, type OutboxStatus } from '@latido/write-ahead-log';
import { InMemoryOutboxStore } from '@latido/write-ahead-log/in-memory';
import { listEvents, type ListRequest } from './list-events';

const entryOf = (id: string, status: OutboxStatus, subject: string): OutboxEntry => ({
  id,
  service: 'service-a',
  subject,
  status,
  topic: 'state-events',
  message: '{}',
  fingerprint: 'f',
  createdAtMs: 0,
  nextAtMs: 1_000 + Number(id),
  attempts: 1,
  revision: 1,
  expiresAtEpochSeconds: 0,
});

describe('listEvents', () => {
  let store: InMemoryOutboxStore;

  beforeEach(async () => {
    store = new InMemoryOutboxStore();
    const statuses: OutboxStatus[] = ['complete', 'pending', 'failed'];
    for (let i = 1; i <= 12; i += 1)
      await store.putIfAbsent(entryOf(String(i), statuses[i % 3]!, i % 4 === 0 ? 'rare' : 'common'));
  });

  const list = async (over: Partial<ListRequest> = {}, eventIndex: 'all' | 'open' = 'all') =>
    listEvents(store, { service: 'service-a', limit: 100, ...over }, eventIndex);
  const ids = (page: { readonly entries: readonly { readonly id: string }[] }) =>
    page.entries.map(({ id }) => id);

  /** Follows cursors to the end; bounded, so that a cursor that leads nowhere fails the test. */
  const listAll = async (over: Partial<ListRequest>) => {
    const found: string[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 50; pages += 1) {
      const page = await list({ ...over, ...(cursor !== undefined && { cursor }) });
      found.push(...ids(page));
      cursor = page.cursor;
      if (cursor === undefined) return found;
    }
    throw new Error('the cursor never ends');
  };

  it('lists one status in the order of its next publication', async () => {
    expect(ids(await list({ status: 'pending' }))).toEqual(['1', '4', '7', '10']);
  });

  it('lists all statuses, the unsettled first, when none is asked for', async () => {
    expect(ids(await list())).toEqual(['1', '4', '7', '10', '2', '5', '8', '11', '3', '6', '9', '12']);
  });

  it('leaves out what an index of open events does not hold', async () => {
    expect(ids(await list({}, 'open'))).toEqual(['1', '4', '7', '10', '2', '5', '8', '11']);
  });

  it.each([1, 2, 3, 5, 12])('gives each event once over pages of %i', async (limit) => {
    expect((await listAll({ limit })).toSorted()).toEqual(
      Array.from({ length: 12 }, (_, i) => String(i + 1)).toSorted(),
    );
  });

  it('never gives more than asked for', async () => {
    expect(ids(await list({ limit: 5 }))).toHaveLength(5);
  });

  it('finds the events of a subject over all pages', async () => {
    expect((await listAll({ subject: 'rare', limit: 1 })).toSorted()).toEqual(['12', '4', '8']);
  });

  it('ends a page early, with a cursor, when a subject is too rare to fill it', async () => {
    for (let i = 13; i < 60; i += 1) await store.putIfAbsent(entryOf(String(i), 'pending', 'common'));
    const page = await list({ status: 'pending', subject: 'nobody', limit: 1 });
    expect(page).toEqual({ entries: [], cursor: expect.any(String) as string });
  });

  it.each(['nonsense', 'complete', 'pending.nonsense', ''])('refuses the cursor "%s"', async (cursor) => {
    await expect(list({ status: 'pending', cursor })).rejects.toThrow(InvalidCursorError);
  });
});
