import type { Version } from '../core/version';
import { describeVersionStoreContract } from '../testing';
import { InMemoryVersionStore } from './in-memory-version-store';

let subjects = 0;

describeVersionStoreContract(
  'in memory',
  () => new InMemoryVersionStore(),
  () => `cart-${(subjects += 1)}`,
);

describe(InMemoryVersionStore, () => {
  it('forgets, when swept, the tombstones that expired and nothing else', async () => {
    const store = new InMemoryVersionStore();
    const version: Version = {
      subject: 's',
      number: 1,
      content: { kind: 'pruned' },
      requestId: 'r',
      token: 't',
      cause: { kind: 'rollback', toVersion: 1 },
      checksum: '',
      lamport: 0,
      clock: 1,
      writtenAtMs: 0,
    };
    await store.putIfAbsent(version);
    await store.putIfAbsent({ ...version, number: 2, expiresAtEpochSeconds: 100 });
    await store.putIfAbsent({ ...version, number: 3, expiresAtEpochSeconds: 101 });
    expect(store.sweep(100)).toBe(1);
    expect((await store.list({ subject: 's', limit: 9 })).versions.map(({ number }) => number)).toEqual([
      3, 1,
    ]);
  });
});
