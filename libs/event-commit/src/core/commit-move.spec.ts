import { createInMemoryTables } from '../in-memory';
import { anEvent } from '../testing';
import { aProcess, ledger } from '../testing/a-process';
import type { CommitEvent } from './commit-event';

const merge = (id: string): CommitEvent =>
  anEvent(id, { operation: { kind: 'merge', patch: { [id]: 'yes' } } });

describe('a slot that another event has taken', () => {
  it('moves the event to the version after the head and applies it there, claim first', async () => {
    const here = await aProcess();
    const { tables } = here;
    const there = await aProcess({ tables });
    await here.commit(merge('e1'));
    await there.commit(merge('e2'));
    expect(await here.commit(merge('e3'))).toEqual([{ kind: 'moved', version: 3 }]);
    expect((await tables.versions.readHead('cart-1'))?.content).toEqual({
      kind: 'value',
      value: { e1: 'yes', e2: 'yes', e3: 'yes' },
    });
    expect(await tables.claims.read('event#e3')).toMatchObject({ decision: { version: 3 } });
  });

  it('moves the event beyond the refused slot, though the head that is read lags behind', async () => {
    const tables = createInMemoryTables();
    const there = await aProcess({ tables });
    await there.commit(anEvent('e1'));
    const versions = Object.create(tables.versions) as typeof tables.versions;
    versions.readHead = (subject) => tables.versions.read(subject, 1);
    const here = await aProcess({ tables: { ...tables, versions } });
    await there.commit(anEvent('e2'));
    expect(await here.commit(anEvent('e3'))).toEqual([{ kind: 'moved', version: 3 }]);
  });

  it('goes on at the stored version when somebody else moved the claim first', async () => {
    const tables = createInMemoryTables();
    const rival = await aProcess({ tables });
    const here = await aProcess({
      tables,
      disturbance: {
        before: async ({ name }) => {
          if (name !== 'claims.replace') return;
          // In this moment the subject goes on, and a copy of the event is moved and applied after it.
          await rival.commit(anEvent('e4'));
          await (await aProcess({ tables })).commit(anEvent('e3'));
        },
      },
    });
    await here.commit(anEvent('e1'));
    await rival.commit(anEvent('e2'));
    expect(await here.commit(anEvent('e3'))).toEqual([{ kind: 'duplicate', version: 4 }]);
    expect(await ledger(tables)).toEqual(['1 event#e1', '2 event#e2', '3 event#e4', '4 event#e3']);
  });

  it('claims again when the claim it wanted to move has expired', async () => {
    const tables = createInMemoryTables();
    const rival = await aProcess({ tables });
    const here = await aProcess({
      tables,
      disturbance: {
        before: ({ name }) => {
          if (name === 'claims.replace') tables.claims.sweep(Number.MAX_SAFE_INTEGER);
        },
      },
    });
    await here.commit(anEvent('e1'));
    await rival.commit(anEvent('e2'));
    expect(await here.commit(anEvent('e3'))).toEqual([{ kind: 'moved', version: 3 }]);
    expect(await tables.claims.read('event#e3')).toMatchObject({ decision: { version: 3 } });
  });

  it('gives an event back that loses its slot again and again, and keeps its claim', async () => {
    const tables = createInMemoryTables();
    const rival = await aProcess({ tables });
    let rivals = 0;
    const here = await aProcess({
      tables,
      options: { maxSteps: 10 },
      disturbance: {
        before: async ({ name }) => {
          if (name === 'versions.putIfAbsent') await rival.commit(anEvent(`rival-${(rivals += 1)}`));
        },
      },
    });
    expect(await here.commit(anEvent('e1'))).toMatchObject([
      { kind: 'failed', error: { code: 'contended' } },
    ]);
    expect(await tables.claims.read('event#e1')).toBeDefined();
    expect(await rival.commit(anEvent('e1'))).toMatchObject([{ version: rivals + 1 }]);
  });

  it('never takes a version for its own whose put got no answer', async () => {
    const tables = createInMemoryTables();
    let puts = 0;
    const here = await aProcess({
      tables,
      disturbance: {
        fate: ({ name }) => (name === 'versions.putIfAbsent' && (puts += 1) === 2 ? 'failed' : 'ok'),
      },
    });
    await here.commit(anEvent('e1'));
    expect(await here.commit(anEvent('e2'), anEvent('e3'))).toMatchObject([
      { kind: 'failed' },
      { kind: 'applied', version: 2 },
    ]);
    expect(await here.commit(anEvent('e2'))).toEqual([{ kind: 'moved', version: 3 }]);
  });
});
