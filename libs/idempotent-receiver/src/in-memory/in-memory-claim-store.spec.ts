import { type ContractDecision, describeClaimStoreContract } from '../testing';
import { InMemoryClaimStore } from './in-memory-claim-store';

let requests = 0;

describeClaimStoreContract(
  'in memory',
  () => new InMemoryClaimStore<ContractDecision>(),
  () => `event#${(requests += 1)}`,
);

describe(InMemoryClaimStore, () => {
  it('forgets, when swept, the claims that expired and no others', async () => {
    const store = new InMemoryClaimStore<ContractDecision>();
    const claim = { fingerprint: 'f', token: 't', decision: { subject: 's' } };
    await store.putIfAbsent({ ...claim, requestId: 'at the boundary', expiresAtEpochSeconds: 100 });
    await store.putIfAbsent({ ...claim, requestId: 'a second later', expiresAtEpochSeconds: 101 });
    expect(store.sweep(100)).toBe(1);
    expect(await store.read('at the boundary')).toBeUndefined();
    expect(await store.read('a second later')).toBeDefined();
  });
});
