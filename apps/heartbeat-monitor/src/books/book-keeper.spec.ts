import { EdgeAggregator, EdgeBook, parseEdgeReport } from '@latido/edge-accounting';
import { InMemorySnapshotStore } from '../snapshot/in-memory-snapshot-store';
import { BookKeeper } from './book-keeper';

/** A book of so many edges, each with a message that arrived. */
function bookOf(edges: number): EdgeBook {
  const book = new EdgeBook();
  const consumer = new EdgeAggregator({ source: '/b', epoch: 1, maxStreams: edges });
  for (let n = 0; n < edges; n += 1)
    consumer.consumed.record({
      source: `/a-${n}`,
      epoch: 1,
      topic: 't',
      sequence: 1,
      outcome: 'delivered',
      atMs: 0,
    });
  for (const { aggregate } of consumer.collect()) {
    const report = parseEdgeReport(aggregate);
    if (report) book.absorb({ service: 'b', instance: 'b-1' }, report);
  }
  return book;
}

function keeperOn(store: InMemorySnapshotStore, replica = 0) {
  const troubles: unknown[] = [];
  let pauses = 0;
  const keeper = new BookKeeper({
    store,
    replica,
    onTrouble: (error) => troubles.push(error),
    pause: async () => void (pauses += 1),
  });
  return { keeper, troubles, pauses: () => pauses };
}

const newBook = () => new EdgeBook();

describe('BookKeeper', () => {
  test('gives back the book it saved, to its replica only', async () => {
    const store = new InMemorySnapshotStore();
    const book = bookOf(3);
    expect(await keeperOn(store).keeper.save(book, 0)).toBe(true);
    expect((await keeperOn(store).keeper.restore(newBook, 0)).edges()).toEqual(book.edges());
    expect((await keeperOn(store, 1).keeper.restore(newBook, 0)).edges()).toEqual([]);
  });

  test('lets others have a turn while it saves a large book', async () => {
    const { keeper, pauses } = keeperOn(new InMemorySnapshotStore());
    await keeper.save(bookOf(500), 0);
    expect(pauses()).toBeGreaterThan(5);
  });

  test('starts with a new book when the saved one cannot be read', async () => {
    const store = new InMemorySnapshotStore();
    await keeperOn(store).keeper.save(bookOf(3), 0);
    const text = (await store.load('0#books')) ?? '';
    await store.save('0#books', [text.slice(0, -30)]);
    const { keeper, troubles } = keeperOn(store);
    expect((await keeper.restore(newBook, 0)).edges()).toEqual([]);
    expect(troubles).toHaveLength(1);
  });

  test('goes on when the store is away, and saves again later', async () => {
    const store = new InMemorySnapshotStore();
    const { keeper, troubles } = keeperOn(store);
    const save = store.save.bind(store);
    store.save = async () => Promise.reject(new Error('away'));
    expect(await keeper.save(bookOf(1), 0)).toBe(false);
    expect(troubles).toHaveLength(1);
    store.save = save;
    expect(await keeper.save(bookOf(1), 0)).toBe(true);
  });

  test('saves once for those who ask at the same time', async () => {
    const store = new InMemorySnapshotStore();
    let saves = 0;
    store.save = async () => void (saves += 1);
    const { keeper } = keeperOn(store);
    await Promise.all([keeper.save(bookOf(1), 0), keeper.save(bookOf(1), 0)]);
    expect(saves).toBe(1);
  });
});
