import { createInMemoryTables } from '../in-memory';
import { anEvent, anInvalidEvent } from '../testing';
import { aProcess, ledger, leaveClaim } from '../testing/a-process';
import type { CommitEvent } from './commit-event';

const REJECTED = { kind: 'rejected', reason: 'data/items must be integer', certain: true };
const TOO_LARGE = { kind: 'rejected', reason: 'value_too_large', certain: true };

const grow = (id: string, length: number): CommitEvent =>
  anEvent(id, { operation: { kind: 'merge', patch: { [id]: 'x'.repeat(length) } } });

describe('an event whose data is invalid', () => {
  it('is rejected, and every later copy gets the same answer, also from a process that finds it valid', async () => {
    const { commit, tables } = await aProcess();
    expect(await commit(anInvalidEvent('e1'))).toEqual([REJECTED]);
    const newer = await aProcess({ tables });
    expect(await newer.commit(anEvent('e1'))).toEqual([REJECTED]);
    expect(await ledger(tables)).toEqual([]);
  });

  it('is not said to be rejected when another process found it valid and applied it', async () => {
    const { commit, tables } = await aProcess();
    await commit(anEvent('e1'));
    const older = await aProcess({ tables });
    expect(await older.commit(anInvalidEvent('e1'))).toEqual([{ kind: 'duplicate', version: 1 }]);
  });

  it('is given back when another process found it valid and has not applied it yet', async () => {
    const tables = createInMemoryTables();
    await leaveClaim(tables, anEvent('e1'), { version: 1, token: 'newer.0' });
    const older = await aProcess({ tables });
    expect(await older.commit(anInvalidEvent('e1'))).toMatchObject([
      { kind: 'failed', error: { code: 'unreadable_here' } },
    ]);
    const newer = await aProcess({ tables });
    expect(await newer.commit(anEvent('e1'))).toEqual([{ kind: 'applied', version: 1 }]);
  });

  it('leaves its neighbours in the batch alone', async () => {
    const { commit } = await aProcess();
    expect(await commit(anEvent('e1'), anInvalidEvent('e2'), anEvent('e3'))).toEqual([
      { kind: 'applied', version: 1 },
      REJECTED,
      { kind: 'applied', version: 2 },
    ]);
  });
});

describe('an event whose value would grow too large', () => {
  const options = { maxValueBytes: 100 };

  it('is rejected, and the subject goes on', async () => {
    const { commit, tables } = await aProcess({ options });
    expect(await commit(grow('e1', 60), grow('e2', 60), grow('e3', 10))).toEqual([
      { kind: 'applied', version: 1 },
      TOO_LARGE,
      { kind: 'applied', version: 2 },
    ]);
    expect(await ledger(tables)).toEqual(['1 event#e1', '2 event#e3']);
  });

  it('is rejected for every later copy, though its value would fit by then', async () => {
    const { commit, tables } = await aProcess({ options });
    await commit(grow('e1', 60), grow('e2', 60));
    await commit(anEvent('reset', { operation: { kind: 'delete' } }));
    const other = await aProcess({ tables, options });
    expect(await other.commit(grow('e2', 60))).toEqual([TOO_LARGE]);
  });

  it('is applied when it fits on the real head and only a stale one says otherwise', async () => {
    const here = await aProcess({ options });
    const { tables } = here;
    const there = await aProcess({ tables, options });
    await here.commit(grow('e1', 60));
    await there.commit(anEvent('reset', { operation: { kind: 'delete' } }));
    expect(await here.commit(grow('e2', 60))).toEqual([{ kind: 'moved', version: 3 }]);
  });

  it('is not rejected when a copy of it was moved and applied in the same moment', async () => {
    const tables = createInMemoryTables();
    const there = await aProcess({ tables, options });
    const here = await aProcess({
      tables,
      options,
      disturbance: {
        before: async ({ name }) => {
          if (name !== 'claims.replace') return;
          await there.commit(anEvent('reset', { operation: { kind: 'delete' } }), grow('e2', 60));
        },
      },
    });
    await here.commit(grow('e1', 60));
    expect(await here.commit(grow('e2', 60))).toEqual([{ kind: 'duplicate', version: 3 }]);
  });
});
