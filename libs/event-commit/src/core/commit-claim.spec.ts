import { createInMemoryTables } from '../in-memory';
import { anEvent } from '../testing';
import { aProcess, ledger, leaveClaim, prune } from '../testing/a-process';
import type { CommitEvent } from './commit-event';

const merge = (id: string): CommitEvent =>
  anEvent(id, { operation: { kind: 'merge', patch: { [id]: 'yes' } } });

describe('a claim that is there already', () => {
  it('is followed to its stored version by the recovery of its own operation, not to the version after the head', async () => {
    const tables = createInMemoryTables();
    const here = await aProcess({ tables });
    await here.commit(anEvent('e1'));
    await leaveClaim(tables, anEvent('e2'), { version: 2, token: 'segment.0' });
    const recovering = await aProcess({ tables });
    expect(await recovering.committer.redeliver(anEvent('e2'), 'segment.0')).toEqual({
      kind: 'applied',
      version: 2,
    });
  });

  it('is moved by its own operation when its version was taken, so that later copies find it', async () => {
    const tables = createInMemoryTables();
    const here = await aProcess({ tables });
    await here.commit(anEvent('e1'));
    await leaveClaim(tables, anEvent('e2'), { version: 2, token: 'segment.0' });
    await here.commit(anEvent('e3'), anEvent('e4'));
    const recovering = await aProcess({ tables });
    expect(await recovering.committer.redeliver(anEvent('e2'), 'segment.0')).toEqual({
      kind: 'moved',
      version: 4,
    });
    const later = await aProcess({ tables });
    expect(await later.commit(anEvent('e2'))).toEqual([{ kind: 'duplicate', version: 4 }]);
    expect(await ledger(tables)).toHaveLength(4);
  });

  it('is applied at its version by whoever meets it first, when its owner died after it', async () => {
    const tables = createInMemoryTables();
    await leaveClaim(tables, anEvent('e1'), { version: 1, token: 'dead.0' });
    const { commit } = await aProcess({ tables });
    expect(await commit(anEvent('e1'))).toEqual([{ kind: 'applied', version: 1 }]);
  });

  it('counts as applied by itself when the reply to the put of the version was lost', async () => {
    const tables = createInMemoryTables();
    const dying = await aProcess({
      tables,
      disturbance: { fate: ({ name }) => (name === 'versions.putIfAbsent' ? 'lost_reply' : 'ok') },
    });
    expect(await dying.commit(anEvent('e1'))).toMatchObject([{ kind: 'failed' }]);
    expect(await dying.commit(anEvent('e1'))).toEqual([{ kind: 'duplicate', version: 1 }]);
  });

  it('leads to its version though everything around it was pruned', async () => {
    const { commit, tables } = await aProcess();
    for (const id of ['e1', 'e2', 'e3', 'e4']) await commit(merge(id));
    for (const number of [1, 2, 3]) await prune(tables, number);
    const other = await aProcess({ tables });
    expect(await other.commit(merge('e2'))).toEqual([{ kind: 'duplicate', version: 2 }]);
    expect(await ledger(tables)).toHaveLength(4);
  });

  it('leads to its version though its predecessor is pruned after the look at its slot', async () => {
    const tables = createInMemoryTables();
    const rival = await aProcess({ tables });
    await rival.commit(merge('e1'));
    await leaveClaim(tables, merge('e2'), { version: 2, token: 'dead.0' });
    const slow = await aProcess({
      tables,
      disturbance: {
        before: async ({ name, args }) => {
          if (name !== 'versions.read' || args[1] !== 1) return;
          // The slot was empty a moment ago. Now a copy is applied, the subject goes on, and retention comes.
          await rival.commit(merge('e2'), merge('e3'));
          await prune(tables, 1);
        },
      },
    });
    expect(await slow.commit(merge('e2'))).toEqual([{ kind: 'duplicate', version: 2 }]);
    expect(await ledger(tables)).toEqual(['1 event#e1', '2 event#e2', '3 event#e3']);
  });

  it('is put again when the one that refused it has expired since', async () => {
    const tables = createInMemoryTables();
    const claims = Object.create(tables.claims) as typeof tables.claims;
    let puts = 0;
    claims.putIfAbsent = async (claim) =>
      (puts += 1) === 1 ? { outcome: 'refused' } : tables.claims.putIfAbsent(claim);
    const { commit } = await aProcess({ tables: { ...tables, claims } });
    expect(await commit(anEvent('e1'))).toEqual([{ kind: 'applied', version: 1 }]);
    expect(puts).toBe(2);
  });
});
