import * as fc from 'fast-check';
import { MAX_BATCH_BYTES, MAX_BATCH_ENTRIES, takeBatch } from './take-batch';

const entries = fc
  .array(
    fc.record({
      bytes: fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: MAX_BATCH_BYTES })),
      groupId: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((all) => all.map((entry, i) => ({ ...entry, i })));

function drain(
  all: readonly { bytes: number; groupId: string | undefined; i: number }[],
  oneOfAGroup: boolean,
) {
  const batches = [];
  let waiting = [...all];
  while (waiting.length > 0) {
    const { batch, rest } = takeBatch(waiting, { oneOfAGroup });
    batches.push(batch);
    waiting = rest;
  }
  return batches;
}

describe('taking batches from what waits', () => {
  it('takes each entry once, in batches a broker accepts', () => {
    fc.assert(
      fc.property(entries, fc.boolean(), (all, oneOfAGroup) => {
        const batches = drain(all, oneOfAGroup);
        expect(
          batches
            .flat()
            .map(({ i }) => i)
            .toSorted((a, b) => a - b),
        ).toEqual(all.map(({ i }) => i));
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(MAX_BATCH_ENTRIES);
          expect(batch.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(MAX_BATCH_BYTES);
        }
      }),
    );
  });

  it('keeps the order within each group, one of a group a batch', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const batches = drain(all, true);
        for (const group of ['a', 'b', 'c']) {
          const order = batches.map((batch) => batch.filter(({ groupId }) => groupId === group));
          expect(order.every((ofGroup) => ofGroup.length <= 1)).toBe(true);
          const taken = order.flat().map(({ i }) => i);
          expect(taken).toEqual(taken.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('lets an entry go alone that is too large even alone', () => {
    const { batch, rest } = takeBatch([{ bytes: MAX_BATCH_BYTES + 1 }, { bytes: 1 }], { oneOfAGroup: false });
    expect([batch.length, rest.length]).toEqual([1, 1]);
  });
});
