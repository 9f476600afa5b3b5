import type { Fact, InstanceState } from '@latido/failure-detector';
import type { Version, VersionStore } from '@latido/versioned-value';
import { InMemoryVersionStore } from '@latido/versioned-value/in-memory';
import { VersionWriter } from '../versions/version-writer';
import { changesIn } from './state-change';
import { StateJournal } from './state-journal';

class UnreliableStore {
  readonly inner = new InMemoryVersionStore();
  away = false;
  losesReplies = 0;
  reads = 0;

  readHead = async (subject: string): Promise<Version | undefined> => {
    if (this.away) throw new Error('away');
    return this.inner.readHead(subject);
  };

  read = async (subject: string, number: number): Promise<Version | undefined> => {
    this.reads += 1;
    return this.inner.read(subject, number);
  };

  putIfAbsent: VersionStore['putIfAbsent'] = async (version) => {
    const write = await this.inner.putIfAbsent(version);
    if (this.losesReplies === 0) return write;
    this.losesReplies -= 1;
    throw new Error('reply lost');
  };

  async history(service = 'shop'): Promise<readonly string[]> {
    const { versions } = await this.inner.list({ subject: `service#${service}`, limit: 100 });
    return versions.toReversed().map((version) =>
      changesIn(version)
        .map(({ instanceId, to }) => `${instanceId} ${to}`)
        .join(', '),
    );
  }
}

function replicaOn(store: UnreliableStore, replica = 0) {
  let token = 0;
  const troubles: unknown[] = [];
  const pauses: (() => void)[] = [];
  const journal = new StateJournal({
    writer: new VersionWriter({
      store,
      clock: { epoch: 7, tick: async () => 1 },
      now: () => 1,
      newToken: () => `${replica}-${(token += 1)}`,
      sha256Hex: (text) => text,
    }),
    store,
    summaryOf: () => undefined,
    replica,
    pause: async () => new Promise<void>((resolve) => pauses.push(resolve)),
    random: () => 0,
    now: () => 42,
    onTrouble: (error) => troubles.push(error),
  });
  const retry = () => pauses.splice(0).forEach((resume) => resume());
  return { journal, troubles, retry };
}

const fact = (instanceId: string, to: InstanceState, atMs: number): Fact => ({
  kind: 'transition',
  service: 'shop',
  instanceId,
  incarnation: '1-x',
  from: to === 'up' ? 'down' : 'up',
  to,
  reason: 'silence',
  atMs,
  silentMs: 0,
});

describe('StateJournal', () => {
  test('puts facts of one moment on record as one version', async () => {
    const store = new UnreliableStore();
    const { journal } = replicaOn(store);
    journal.found([fact('a', 'down', 1), fact('b', 'down', 1)]);
    expect(await journal.written('shop')).toBe(true);
    expect(await store.history()).toEqual(['a down, b down']);
  });

  test('has nothing to wait for where nothing changed', async () => {
    const { journal } = replicaOn(new UnreliableStore());
    expect(await journal.written('shop')).toBe(true);
  });

  test('splits the death of a whole fleet into versions of bounded size', async () => {
    const store = new UnreliableStore();
    const { journal } = replicaOn(store);
    journal.found(Array.from({ length: 120 }, (_, n) => fact(`i-${n}`, 'down', 1)));
    await journal.flush();
    const sizes = (await store.history()).map((changes) => changes.split(', ').length);
    expect(sizes).toEqual([50, 50, 20]);
  });

  test('writes each change once, however many replicas find it out', async () => {
    const store = new UnreliableStore();
    const replicas = [0, 1, 2].map((replica) => replicaOn(store, replica).journal);
    for (const [to, atMs] of [
      ['down', 10],
      ['up', 20],
      ['down', 30],
    ] as const) {
      for (const [skew, journal] of replicas.entries()) journal.found([fact('a', to, atMs + skew)]);
      await Promise.all(replicas.map((journal) => journal.flush()));
    }
    expect(await store.history()).toEqual(['a down', 'a up', 'a down']);
  });

  test('leaves out what another replica put on record long before', async () => {
    const store = new UnreliableStore();
    const [first, second] = [replicaOn(store, 0).journal, replicaOn(store, 1).journal];
    for (const [n, to] of (['down', 'up', 'down'] as const).entries()) {
      first.found([fact('a', to, 10 * n)]);
      await first.flush();
    }
    second.found([fact('a', 'down', 25)]);
    await second.flush();
    expect(await store.history()).toEqual(['a down', 'a up', 'a down']);
    expect(store.reads).toBe(2);
  });

  test('keeps changes while the store is away, and writes them when it is back', async () => {
    const store = new UnreliableStore();
    const { journal, troubles, retry } = replicaOn(store);
    store.away = true;
    journal.found([fact('a', 'down', 1)]);
    expect(await journal.written('shop')).toBe(false);
    expect({ waiting: journal.waiting, since: journal.failingSince }).toEqual({ waiting: 1, since: 42 });
    expect(troubles).toHaveLength(1);
    store.away = false;
    retry();
    await new Promise(setImmediate);
    expect(await journal.written('shop')).toBe(true);
    expect({ waiting: journal.waiting, since: journal.failingSince }).toEqual({
      waiting: 0,
      since: undefined,
    });
    expect(await store.history()).toEqual(['a down']);
  });

  test('does not make those wait whose service is on record while another cannot be written', async () => {
    const store = new UnreliableStore();
    const { journal } = replicaOn(store);
    store.away = true;
    journal.found([fact('a', 'down', 1)]);
    await journal.written('shop');
    expect(await journal.written('cart')).toBe(true);
  });

  test('writes a change once when the reply to its write was lost', async () => {
    const store = new UnreliableStore();
    const { journal, retry } = replicaOn(store);
    store.losesReplies = 1;
    journal.found([fact('a', 'down', 1)]);
    await journal.flush();
    retry();
    await new Promise(setImmediate);
    expect(await journal.flush()).toBe(true);
    expect(await store.history()).toEqual(['a down']);
  });

  test('knows after a restart what is on record', async () => {
    const store = new UnreliableStore();
    await run(replicaOn(store).journal, fact('a', 'left', 5));
    const again = replicaOn(store).journal;
    const head = await store.inner.readHead('service#shop');
    again.resume('shop', { number: 1, changes: head ? changesIn(head) : [] });
    await run(again, fact('a', 'left', 9));
    expect(await store.history()).toEqual(['a left']);
    expect(store.reads).toBe(0);
  });
});

async function run(journal: StateJournal, ...facts: readonly Fact[]): Promise<void> {
  journal.found(facts);
  await journal.flush();
}
