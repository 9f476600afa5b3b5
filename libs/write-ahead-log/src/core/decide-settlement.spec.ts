import * as fc from 'fast-check';
import { decideSettlement } from './decide-settlement';
import type { OutboxEntry } from './outbox-entry';
import type { Receipt, ReceiptResult } from './receipt';

const pending: OutboxEntry = {
  id: 'e-1',
  service: 'service-a',
  subject: 'cart-7',
  status: 'pending',
  topic: 'state-events',
  message: '{}',
  fingerprint: 'f-1',
  createdAtMs: 1_000,
  nextAtMs: 6_000,
  attempts: 1,
  revision: 1,
  expiresAtEpochSeconds: 4_000_000_000,
};
const uncertain: OutboxEntry = { ...pending, status: 'failed', certain: false, reason: 'dead_lettered' };
const certain: OutboxEntry = { ...pending, status: 'failed', certain: true, reason: 'data_invalid' };
const complete: OutboxEntry = { ...pending, status: 'complete', version: 3 };

const receipt = (result: ReceiptResult): Receipt => ({ id: 'e-1', fingerprint: 'f-1', ...result });
const applied = receipt({ result: 'complete', version: 7 });
const rejected = receipt({ result: 'failed', certain: true, reason: 'value_too_large' });
const deadLettered = receipt({ result: 'failed', certain: false, reason: 'unknown_type' });

const entryAfter = (entry: OutboxEntry, said: Receipt): OutboxEntry => {
  const decision = decideSettlement(entry, said, 9_000);
  return decision.decision === 'store' ? decision.entry : entry;
};

describe('decideSettlement', () => {
  it.each<[string, OutboxEntry, Receipt, Partial<OutboxEntry>]>([
    ['pending', pending, applied, { status: 'complete', version: 7 }],
    ['failed, uncertain', uncertain, applied, { status: 'complete', version: 7 }],
    ['failed, certain', certain, applied, { status: 'complete', version: 7 }],
    ['pending', pending, rejected, { status: 'failed', certain: true, reason: 'value_too_large' }],
    [
      'failed, uncertain',
      uncertain,
      rejected,
      { status: 'failed', certain: true, reason: 'value_too_large' },
    ],
    ['pending', pending, deadLettered, { status: 'failed', certain: false, reason: 'unknown_type' }],
  ])('settles an entry that is %s', (_, entry, said, expected) => {
    expect(entryAfter(entry, said)).toMatchObject({ ...expected, settledAtMs: 9_000, revision: 2 });
  });

  it.each<[string, OutboxEntry, string, Receipt]>([
    ['complete', complete, 'an applied one', applied],
    ['complete', complete, 'a certain failure', rejected],
    ['complete', complete, 'an uncertain failure', deadLettered],
    ['failed, certain', certain, 'a certain failure', rejected],
    ['failed, certain', certain, 'an uncertain failure', deadLettered],
    ['failed, uncertain', uncertain, 'an uncertain failure', deadLettered],
  ])('ignores, for an entry that is %s (%#), %s', (_, entry, _said, said) => {
    expect(decideSettlement(entry, said, 9_000)).toEqual({ decision: 'ignore', why: 'already_settled' });
  });

  it.each([applied, rejected, deadLettered])('ignores a receipt for another fingerprint: $result', (said) => {
    const impostor = { ...said, fingerprint: 'f-2' };
    expect(decideSettlement(pending, impostor, 9_000)).toEqual({
      decision: 'ignore',
      why: 'other_fingerprint',
    });
  });

  it('forgets the failure when the event turns out to be applied', () => {
    const settled = entryAfter(certain, applied);
    expect(settled).not.toHaveProperty('certain');
    expect(settled).not.toHaveProperty('reason');
  });

  it('leaves the message alone', () => {
    expect(entryAfter(pending, applied).message).toBe(pending.message);
  });

  it('comes to the same status for every order and repetition of the same receipts', () => {
    const receipts = fc.array(fc.constantFrom(applied, rejected, deadLettered), { minLength: 1 });
    const orders = receipts.chain((said) =>
      fc.tuple(fc.constant(said), fc.shuffledSubarray([...said, ...said], { minLength: said.length * 2 })),
    );
    fc.assert(
      fc.property(orders, ([said, shuffled]) => {
        const { status, certain } = said.reduce(entryAfter, pending);
        expect(shuffled.reduce(entryAfter, pending)).toMatchObject({ status, ...(certain && { certain }) });
      }),
    );
  });
});
