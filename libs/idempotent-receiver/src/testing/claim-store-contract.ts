import type { Claim, ClaimStore } from '../core/claim';

/** A decision with every shape that a store must keep: text, number, truth, nothing, list and map. */
export interface ContractDecision {
  readonly subject: string;
  readonly version?: number;
  readonly rejected?: string;
  readonly detail?: { readonly flags: readonly boolean[]; readonly note: string | null };
}

/**
 * What every {@link ClaimStore} must do. `makeStore` may answer the same store each time; each test
 * uses a request id of its own, made by `newRequestId`.
 */
export function describeClaimStoreContract(
  name: string,
  makeStore: () => ClaimStore<ContractDecision> | Promise<ClaimStore<ContractDecision>>,
  newRequestId: () => string,
): void {
  describe(`claim store: ${name}`, () => {
    let store: ClaimStore<ContractDecision>;
    let claim: Claim<ContractDecision>;

    beforeEach(async () => {
      store = await makeStore();
      claim = {
        requestId: newRequestId(),
        fingerprint: 'f'.repeat(64),
        token: 'token-1',
        decision: { subject: 'cart-7', version: 3 },
        expiresAtEpochSeconds: 4_000_000_000,
      };
    });

    it('knows nothing of a request that nobody claimed', async () => {
      expect(await store.read(claim.requestId)).toBeUndefined();
    });

    it('stores the first claim of a request and reads back all of it', async () => {
      expect(await store.putIfAbsent(claim)).toEqual({ outcome: 'stored' });
      expect(await store.read(claim.requestId)).toEqual(claim);
    });

    it('refuses a second claim of a request and answers the first', async () => {
      await store.putIfAbsent(claim);
      const second = { ...claim, token: 'token-2', decision: { subject: 'cart-7', version: 9 } };
      expect(await store.putIfAbsent(second)).toEqual({ outcome: 'refused', stored: claim });
      expect(await store.read(claim.requestId)).toEqual(claim);
    });

    it('refuses the repetition of a claim whose answer was lost, and answers it', async () => {
      await store.putIfAbsent(claim);
      expect(await store.putIfAbsent(claim)).toEqual({ outcome: 'refused', stored: claim });
    });

    it('counts an expired claim that is still there', async () => {
      const expired = { ...claim, expiresAtEpochSeconds: 1 };
      await store.putIfAbsent(expired);
      expect(await store.putIfAbsent(claim)).toEqual({ outcome: 'refused', stored: expired });
    });

    it('lets exactly one of many claims at once succeed, and answers it to the others', async () => {
      const writes = await Promise.all(
        Array.from({ length: 10 }, (_, index) => store.putIfAbsent({ ...claim, token: `token-${index}` })),
      );
      const stored = await store.read(claim.requestId);
      expect(writes.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
      for (const write of writes.filter(({ outcome }) => outcome === 'refused'))
        expect(write).toEqual({ outcome: 'refused', stored });
    });

    it('keeps a decision of any shape', async () => {
      const decision = { subject: 'ü/7 "q"', detail: { flags: [true, false], note: null } };
      await store.putIfAbsent({ ...claim, decision });
      expect((await store.read(claim.requestId))?.decision).toEqual(decision);
    });

    it('replaces a claim that is still as it was seen', async () => {
      await store.putIfAbsent(claim);
      const moved = { ...claim, decision: { subject: 'cart-7', version: 4 } };
      expect(await store.replace({ from: claim, to: moved })).toEqual({ outcome: 'stored' });
      expect(await store.read(claim.requestId)).toEqual(moved);
    });

    it('replaces a decision by one of another shape', async () => {
      await store.putIfAbsent(claim);
      const rejected = { ...claim, decision: { subject: 'cart-7', rejected: 'value_too_large' } };
      expect(await store.replace({ from: claim, to: rejected })).toEqual({ outcome: 'stored' });
      expect(await store.read(claim.requestId)).toEqual(rejected);
    });

    it('replaces a claim whose decision holds lists and maps', async () => {
      const nested = { ...claim, decision: { subject: 's', detail: { flags: [true], note: 'n' } } };
      await store.putIfAbsent(nested);
      expect(await store.replace({ from: nested, to: claim })).toEqual({ outcome: 'stored' });
    });

    it.each([
      ['decision', { decision: { subject: 'cart-7', version: 4 } }],
      ['decision by a member more', { decision: { subject: 'cart-7', version: 3, rejected: 'r' } }],
      ['token', { token: 'token-2' }],
    ])('refuses to replace a claim that has another %s by now, and answers it', async (_what, change) => {
      const current = { ...claim, ...change };
      await store.putIfAbsent(current);
      const to = { ...claim, decision: { subject: 'cart-7', version: 5 } };
      expect(await store.replace({ from: claim, to })).toEqual({ outcome: 'refused', stored: current });
      expect(await store.read(claim.requestId)).toEqual(current);
    });

    it('refuses to replace a claim that has gone, and brings nothing back', async () => {
      expect(await store.replace({ from: claim, to: claim })).toEqual({ outcome: 'refused' });
      expect(await store.read(claim.requestId)).toBeUndefined();
    });

    it('lets exactly one of many replacements of the same claim succeed', async () => {
      await store.putIfAbsent(claim);
      const writes = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.replace({
            from: claim,
            to: { ...claim, decision: { subject: 'cart-7', version: 10 + index } },
          }),
        ),
      );
      expect(writes.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
    });

    it('keeps requests apart', async () => {
      await store.putIfAbsent(claim);
      expect(await store.putIfAbsent({ ...claim, requestId: newRequestId() })).toEqual({ outcome: 'stored' });
    });
  });
}
