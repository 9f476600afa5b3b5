import * as fc from 'fast-check';
import { InMemoryClaimStore } from '../in-memory';
import type { Claim, ClaimStore } from './claim';
import { ClaimUnstableError, IdempotentReceiver, type ReceiveRequest } from './idempotent-receiver';

interface Decision {
  readonly subject: string;
  readonly version: number;
}

const decision = { subject: 'cart-7', version: 1 };
const request: ReceiveRequest<Decision> = { requestId: 'event#1', fingerprint: 'f1', decide: () => decision };

describe(IdempotentReceiver, () => {
  let store: InMemoryClaimStore<Decision>;
  let receiver: IdempotentReceiver<Decision>;
  let tokens: number;

  beforeEach(() => {
    store = new InMemoryClaimStore();
    tokens = 0;
    receiver = receiverOver(store);
  });

  const receiverOver = (over: ClaimStore<Decision>): IdempotentReceiver<Decision> =>
    new IdempotentReceiver({
      store: over,
      now: () => 10_000,
      newToken: () => `t${(tokens += 1)}`,
      horizonMs: 30_000,
    });

  const claimed: Claim<Decision> = {
    requestId: 'event#1',
    fingerprint: 'f1',
    token: 't1',
    decision,
    expiresAtEpochSeconds: 40 + 24 * 60 * 60,
  };

  it('claims a request that is new, with what was decided for it', async () => {
    expect(await receiver.receive(request)).toEqual({ outcome: 'claimed', claim: claimed });
    expect(await store.read('event#1')).toEqual(claimed);
  });

  it('answers a copy with the stored decision, not with a new one', async () => {
    await receiver.receive(request);
    const copy = await receiver.receive({ ...request, decide: () => ({ subject: 'cart-7', version: 9 }) });
    expect(copy).toEqual({ outcome: 'duplicate', claim: claimed });
  });

  it('refuses another request under the same id, and keeps the first', async () => {
    await receiver.receive(request);
    expect(await receiver.receive({ ...request, fingerprint: 'f2' })).toEqual({
      outcome: 'conflict',
      claim: claimed,
    });
    expect(await store.read('event#1')).toEqual(claimed);
  });

  it('recognises its own claim when the reply was lost and the same token comes again', async () => {
    const again = { ...request, token: 'mine' };
    await receiver.receive(again);
    expect((await receiver.receive(again)).outcome).toBe('recovered');
  });

  it('goes on with the stored decision when its own claim was moved before the reply was lost', async () => {
    const again = { ...request, token: 'mine' };
    const { claim } = await receiver.receive(again);
    await receiver.move({ from: claim, decision: { subject: 'cart-7', version: 4 } });
    expect(await receiver.receive(again)).toMatchObject({
      outcome: 'recovered',
      claim: { decision: { version: 4 } },
    });
  });

  it('keeps the claim of an event from the future as long as the event is young', async () => {
    const { claim } = await receiver.receive({ ...request, eventTimeMs: 50_000 });
    expect(claim.expiresAtEpochSeconds).toBe(80 + 24 * 60 * 60);
  });

  it('claims again when the claim that refused it has gone since', async () => {
    expect((await receiverOver(forgetting(store, 1)).receive(request)).outcome).toBe('claimed');
  });

  it('throws when the store forgets every claim that it refuses with', async () => {
    await expect(receiverOver(forgetting(store, 99)).receive(request)).rejects.toThrow(ClaimUnstableError);
  });

  it('stores nothing when the decision fails', async () => {
    const failing = async () => Promise.reject(new Error('no decision'));
    await expect(receiver.receive({ ...request, decide: failing })).rejects.toThrow('no decision');
    expect(await store.read('event#1')).toBeUndefined();
  });

  it('lets each id be claimed once, by the first to come, in any sequence of requests', async () => {
    const requests = fc.array(fc.record({ id: fc.nat(3), fingerprint: fc.nat(2) }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(requests, async (all) => {
        const first = new Map<number, number>();
        const over = receiverOver(new InMemoryClaimStore());
        for (const { id, fingerprint } of all) {
          const expected =
            first.get(id) === fingerprint ? 'duplicate' : first.has(id) ? 'conflict' : 'claimed';
          if (!first.has(id)) first.set(id, fingerprint);
          const received = await over.receive({
            ...request,
            requestId: `${id}`,
            fingerprint: `${fingerprint}`,
          });
          expect(received.outcome).toBe(expected);
        }
      }),
    );
  });

  describe('move', () => {
    const moved = { ...claimed, decision: { subject: 'cart-7', version: 2 } };

    it('replaces the decision of a claim that is as it was seen', async () => {
      await store.putIfAbsent(claimed);
      expect(await receiver.move({ from: claimed, decision: moved.decision })).toEqual({
        outcome: 'moved',
        claim: moved,
      });
    });

    it('answers the stored claim when somebody moved it first', async () => {
      const theirs = { ...claimed, decision: { subject: 'cart-7', version: 7 } };
      await store.putIfAbsent(theirs);
      expect(await receiver.move({ from: claimed, decision: moved.decision })).toEqual({
        outcome: 'refused',
        stored: theirs,
      });
    });

    it('recognises its own move when the reply was lost', async () => {
      await store.putIfAbsent(moved);
      expect((await receiver.move({ from: claimed, decision: moved.decision })).outcome).toBe('moved');
    });

    it('takes a token of its own where one is given', async () => {
      await store.putIfAbsent(claimed);
      await receiver.move({ from: claimed, decision: moved.decision, token: 'mover' });
      expect(await store.read('event#1')).toEqual({ ...moved, token: 'mover' });
    });

    it('is refused, with nothing stored, when the claim has gone', async () => {
      expect(await receiver.move({ from: claimed, decision: moved.decision })).toEqual({
        outcome: 'refused',
      });
    });
  });
});

/** A store whose first refusals are by claims that are swept before they can be read. */
function forgetting(store: ClaimStore<Decision>, times: number): ClaimStore<Decision> {
  let left = times;
  const other = Object.create(store) as ClaimStore<Decision>;
  other.putIfAbsent = async (claim) => ((left -= 1) >= 0 ? { outcome: 'refused' } : store.putIfAbsent(claim));
  return other;
}
