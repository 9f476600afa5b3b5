import * as fc from 'fast-check';
import { anEvent } from '../testing';
import { aProcess, ledger } from '../testing/a-process';
import type { CommitOptions } from './commit-options';

const claimOf = (id: string) => (call: { readonly name: string; readonly args: readonly unknown[] }) =>
  call.name === 'claims.putIfAbsent' && JSON.stringify(call.args).includes(`event#${id}"`);

async function afterFailureOf(id: string, ordering: CommitOptions['ordering']) {
  const isFailing = claimOf(id);
  return aProcess({
    options: { ordering },
    disturbance: { fate: (call) => (isFailing(call) ? 'failed' : 'ok') },
  });
}

describe('an event that fails', () => {
  it('lets the later ones of its subject go on in arrival order', async () => {
    const { commit } = await afterFailureOf('e2', 'arrival');
    expect(await commit(anEvent('e1'), anEvent('e2'), anEvent('e3'))).toMatchObject([
      { kind: 'applied', version: 1 },
      { kind: 'failed', error: { code: 'simulated_fault' } },
      { kind: 'applied', version: 2 },
    ]);
  });

  it('gives the later ones of its subject back in fifo order, and no others', async () => {
    const { commit, tables } = await afterFailureOf('e2', 'fifo');
    const other = anEvent('e4', { subject: 'cart-2' });
    expect(await commit(anEvent('e1'), anEvent('e2'), anEvent('e3'), other)).toMatchObject([
      { kind: 'applied', version: 1 },
      { kind: 'failed', error: { code: 'simulated_fault' } },
      { kind: 'failed', error: { code: 'group_stopped' } },
      { kind: 'applied', version: 1 },
    ]);
    expect(await ledger(tables)).toEqual(['1 event#e1']);
  });
});

describe('the order of a batch', () => {
  it('is the order of the versions of each subject, whatever the batch is made of', async () => {
    const batch = fc.array(
      fc.record({ id: fc.integer({ min: 0, max: 20 }), subject: fc.constantFrom('a', 'b', 'c') }),
      {
        maxLength: 10,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 4 }), async (batches) => {
        const { commit, tables } = await aProcess();
        const expected = new Map<string, string[]>();
        for (const events of batches) {
          // One subject an id, so that every repetition is a copy.
          const copies = events.map(({ id, subject }) => anEvent(`${subject}${id}`, { subject }));
          const outcomes = await commit(...copies);
          for (const { id, subject } of copies) {
            const history = expected.get(subject) ?? [];
            if (!history.includes(id)) history.push(id);
            expected.set(subject, history);
          }
          expect(outcomes.map((outcome) => 'version' in outcome && outcome.version)).toEqual(
            copies.map(({ id, subject }) => (expected.get(subject)?.indexOf(id) ?? 0) + 1),
          );
        }
        for (const [subject, ids] of expected)
          expect(await ledger(tables, subject)).toEqual(ids.map((id, i) => `${i + 1} event#${id}`));
      }),
      { numRuns: 60 },
    );
  });
});

describe('an event from an absurd clock', () => {
  it('keeps the time it was sent with and does not drive the clock of its subject', async () => {
    const { commit, tables } = await aProcess();
    await commit(anEvent('e1', { lamport: 2 ** 50, believedLamport: 7, flagged: true }));
    expect(await tables.versions.readHead('cart-1')).toMatchObject({
      lamport: 2 ** 50,
      clock: 8,
      cause: { kind: 'event', flagged: true },
    });
  });
});
