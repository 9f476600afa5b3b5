import * as fc from 'fast-check';
import { InMemoryOutboxStore } from '../in-memory';
import { Outbox } from './outbox';
import type { OutboxEntry, OutboxStore } from './outbox-entry';
import { OutboxRelay, type RelayOptions } from './outbox-relay';

const START_MS = 1_700_000_000_000;

describe('OutboxRelay', () => {
  let nowMs: number;
  let store: InMemoryOutboxStore;
  let outbox: Outbox;
  let published: OutboxEntry[];

  const setUp = (): void => {
    nowMs = START_MS;
    store = new InMemoryOutboxStore();
    outbox = new Outbox({ store, now: () => nowMs }, { entryLifeMs: 10 ** 10, overdueAfterMs: 60_000 });
    published = [];
  };
  beforeEach(setUp);

  const publish = async (entry: OutboxEntry): Promise<void> => void published.push(entry);
  const relayOn = (
    over: OutboxStore,
    options: Partial<RelayOptions> = {},
    by: (entry: OutboxEntry) => Promise<void> = publish,
  ): OutboxRelay =>
    new OutboxRelay({ store: over, publish: by, now: () => nowMs }, { service: 'service-a', ...options });
  const accept = (id: string, message = `{"id":"${id}"}`) =>
    outbox.accept({
      id,
      service: 'service-a',
      subject: 'cart-7',
      topic: 'state-events',
      message,
      fingerprint: `f-${id}`,
    });
  const receipt = { id: 'e-1', fingerprint: 'f-e-1' };
  /** A store whose list is as old as `behind`, the rest is fresh: an eventually consistent index. */
  const withStaleIndex = (behind: Awaited<ReturnType<OutboxStore['listByStatus']>>): OutboxStore =>
    Object.assign(Object.create(store) as InMemoryOutboxStore, {
      listByStatus: () => Promise.resolve(behind),
    });

  it('leaves an entry alone until its time has come', async () => {
    await accept('e-1');
    nowMs += 4_999;
    expect(await relayOn(store).runRound()).toMatchObject({ found: 0 });
    nowMs += 1;
    expect(await relayOn(store).runRound()).toMatchObject({ found: 1, republished: 1 });
  });

  it('publishes the message byte for byte, to the topic of the entry', async () => {
    const message = '{"b":1, "a":"\\u00e4",\t"n":1.0}';
    await accept('e-1', message);
    nowMs += 5_000;
    await relayOn(store).runRound();
    expect(published).toMatchObject([{ id: 'e-1', topic: 'state-events', message }]);
  });

  it('waits twice as long after each publication, at most 5 minutes', async () => {
    await accept('e-1');
    const times: number[] = [];
    for (; nowMs < START_MS + 1_300_000; nowMs += 1_000)
      if ((await relayOn(store).runRound()).republished > 0) times.push((nowMs - START_MS) / 1000);
    expect(times).toEqual([5, 15, 35, 75, 155, 315, 615, 915, 1215]);
  });

  it('moves the entry before it publishes, so a crash between the two costs one delay and no storm', async () => {
    await accept('e-1');
    nowMs += 5_000;
    const seen: (number | undefined)[] = [];
    await relayOn(store, {}, async () => void seen.push((await store.read('e-1'))?.nextAtMs)).runRound();
    expect(seen).toEqual([nowMs + 10_000]);
  });

  it('counts a publication that failed, and repeats it at the next time', async () => {
    await accept('e-1');
    nowMs += 5_000;
    const broken = relayOn(store, {}, () => Promise.reject(new Error('no such topic')));
    expect(await broken.runRound()).toMatchObject({ found: 1, failedPublish: 1, republished: 0 });
    nowMs += 10_000;
    expect(await relayOn(store).runRound()).toMatchObject({ republished: 1 });
  });

  it.each(['complete', 'failed'] as const)('publishes nothing that is %s', async (result) => {
    await accept('e-1');
    await outbox.settle(
      result === 'complete'
        ? { ...receipt, result, version: 1 }
        : { ...receipt, result, certain: false, reason: 'dead_lettered' },
    );
    nowMs += 600_000;
    expect(await relayOn(store).runRound()).toMatchObject({ found: 0 });
  });

  it('publishes a redriven entry in its next round', async () => {
    await accept('e-1');
    await outbox.settle({ ...receipt, result: 'failed', certain: false, reason: 'dead_lettered' });
    await outbox.redrive('e-1');
    expect(await relayOn(store).runRound()).toMatchObject({ republished: 1 });
    expect(await store.read('e-1')).toMatchObject({ attempts: 1, nextAtMs: nowMs + 5_000 });
  });

  it('publishes nothing that was settled since the index was written', async () => {
    await accept('e-1');
    nowMs += 5_000;
    const behind = await store.listByStatus({ service: 'service-a', status: 'pending', limit: 10 });
    await outbox.settle({ ...receipt, result: 'complete', version: 1 });
    expect(await relayOn(withStaleIndex(behind)).runRound()).toMatchObject({ found: 1, notDue: 1 });
    expect(published).toEqual([]);
  });

  it('publishes nothing that another replica moved since the index was written', async () => {
    await accept('e-1');
    nowMs += 5_000;
    const behind = await store.listByStatus({ service: 'service-a', status: 'pending', limit: 10 });
    await relayOn(store).runRound();
    expect(await relayOn(withStaleIndex(behind)).runRound()).toMatchObject({ notDue: 1, republished: 0 });
  });

  it('lets one of several replicas publish when all look at once', async () => {
    await accept('e-1');
    nowMs += 5_000;
    const reports = await Promise.all([1, 2, 3].map(() => relayOn(store).runRound()));
    expect(published).toHaveLength(1);
    expect(reports.map(({ lostRace }) => lostRace).filter((lost) => lost === 1)).toHaveLength(2);
  });

  it('takes no more than its bound in one round, the longest due first, and says that there is more', async () => {
    for (const id of ['e-1', 'e-2', 'e-3']) {
      await accept(id);
      nowMs += 1;
    }
    nowMs += 5_000;
    expect(await relayOn(store, { maxPerRound: 2 }).runRound()).toMatchObject({ found: 2, hasMore: true });
    expect(published.map(({ id }) => id)).toEqual(['e-1', 'e-2']);
    expect(await relayOn(store, { maxPerRound: 2 }).runRound()).toMatchObject({ found: 1, hasMore: false });
  });

  it('keeps no more publications under way than told', async () => {
    for (let i = 0; i < 7; i += 1) await accept(`e-${i}`);
    nowMs += 5_000;
    let underWay = 0;
    let most = 0;
    const slow = async (): Promise<void> => {
      most = Math.max(most, (underWay += 1));
      await Promise.resolve();
      underWay -= 1;
    };
    await relayOn(store, { concurrency: 3 }, slow).runRound();
    expect(most).toBe(3);
  });

  it('never storms: however many replicas look whenever they like, each time of an entry is published once', async () => {
    const look = fc.record({
      waitMs: fc.integer({ min: 0, max: 400_000 }),
      replicas: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(look, { maxLength: 40 }), async (looks) => {
        setUp();
        await accept('e-1');
        const times = [START_MS];
        const note = async (): Promise<void> => void times.push(nowMs);
        for (const { waitMs, replicas } of looks) {
          nowMs += waitMs;
          await Promise.all(Array.from({ length: replicas }, () => relayOn(store, {}, note).runRound()));
        }
        for (const [i, time] of times.entries())
          expect(i === 0 ? 0 : time - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(
            i === 0 ? 0 : Math.min(300_000, 5_000 * 2 ** (i - 1)),
          );
      }),
      { numRuns: 50 },
    );
  });
});
