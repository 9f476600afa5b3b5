import type { WrittenState } from '@latido/failure-detector';
import { InMemoryVersionStore } from '@latido/versioned-value/in-memory';
import { buildVersion } from '@latido/versioned-value/testing';
import { recallHistory } from './recall-history';
import type { RecordedState } from './state-change';

async function storeWith(
  ...versions: readonly { subject: string; number: number; to: RecordedState; atMs: number }[]
): Promise<InMemoryVersionStore> {
  const store = new InMemoryVersionStore();
  for (const { subject, number, to, atMs } of versions) {
    const change = { instanceId: 'a', incarnation: '1-x', to, reason: 'silence', atMs };
    const content = { kind: 'value', value: { changes: [change] } } as const;
    await store.putIfAbsent(buildVersion({ subject, number, content, writtenAtMs: atMs }));
  }
  return store;
}

async function recall(store: InMemoryVersionStore, sinceMs: number) {
  const recalled: WrittenState[] = [];
  const resumed: Record<string, number> = {};
  const count = await recallHistory({
    store,
    sinceMs,
    detector: { recall: (written) => recalled.push(written) },
    journal: { resume: (service, { number }) => void (resumed[service] = number) },
  });
  return { recalled, resumed, count };
}

describe('recallHistory', () => {
  test('recalls what was put on record since the snapshot, oldest first', async () => {
    const subject = 'service#shop';
    const store = await storeWith(
      { subject, number: 1, to: 'up', atMs: 10 },
      { subject, number: 2, to: 'down', atMs: 20 },
      { subject, number: 3, to: 'up', atMs: 30 },
    );
    const { recalled, resumed, count } = await recall(store, 20);
    expect(recalled.map(({ state, atMs }) => [state, atMs])).toEqual([
      ['down', 20],
      ['up', 30],
    ]);
    expect({ resumed, count }).toEqual({ resumed: { shop: 3 }, count: 2 });
  });

  test('goes on from the head of a service whose history is all in the snapshot', async () => {
    const store = await storeWith({ subject: 'service#shop', number: 1, to: 'up', atMs: 10 });
    expect(await recall(store, 20)).toEqual({ recalled: [], resumed: { shop: 1 }, count: 0 });
  });

  test('leaves subjects alone that are no history of a service', async () => {
    const store = await storeWith({ subject: 'shop', number: 1, to: 'down', atMs: 10 });
    expect(await recall(store, 0)).toEqual({ recalled: [], resumed: {}, count: 0 });
  });

  test('reads histories longer than a page', async () => {
    const versions = Array.from({ length: 250 }, (_, n) => ({
      subject: 'service#shop',
      number: n + 1,
      to: n % 2 === 0 ? ('up' as const) : ('down' as const),
      atMs: n,
    }));
    const { recalled } = await recall(await storeWith(...versions), 0);
    expect(recalled.map(({ atMs }) => atMs)).toEqual(versions.map(({ atMs }) => atMs));
  });
});
