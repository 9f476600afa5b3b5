import { buildVersion, describeVersionStoreContract } from '../testing';
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
    const version = buildVersion({ content: { kind: 'pruned' } });
    await store.putIfAbsent(version);
    await store.putIfAbsent({ ...version, number: 2, expiresAtEpochSeconds: 100 });
    await store.putIfAbsent({ ...version, number: 3, expiresAtEpochSeconds: 101 });
    expect(store.sweep(100)).toBe(1);
    expect(
      (await store.list({ subject: version.subject, limit: 9 })).versions.map(({ number }) => number),
    ).toEqual([3, 1]);
  });
});
