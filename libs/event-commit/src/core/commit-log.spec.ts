import { anEvent, anInvalidEvent } from '../testing';
import { aProcess, ledger } from '../testing/a-process';

describe('the log before the effect', () => {
  it('has an event before its claim is put', async () => {
    const logged: number[] = [];
    const { commit, tables } = await aProcess({
      disturbance: {
        before: ({ name }) => {
          if (name === 'claims.putIfAbsent')
            logged.push(tables.segments.all().flatMap(({ records }) => records).length);
        },
      },
    });
    await commit(anEvent('e1'), anEvent('e2'));
    expect(logged).toEqual([2, 2]);
  });

  it('applies nothing and gives the batch back when the slot belongs to somebody else', async () => {
    const { commit, tables, log } = await aProcess();
    await tables.segments.appendIfAbsent({
      service: 'in-memory',
      slot: log.slot,
      number: log.mark,
      kind: 'seal',
      epoch: 99,
      token: 'theirs',
      records: [],
      writtenAtMs: 0,
      expiresAtEpochSeconds: 0,
    });
    expect(await commit(anEvent('e1'))).toMatchObject([{ kind: 'failed', error: { code: 'log_fenced' } }]);
    expect(await ledger(tables)).toEqual([]);
  });

  it('applies nothing when the append gets no answer, whether it happened or not', async () => {
    for (const fate of ['failed', 'lost_reply'] as const) {
      const { commit, tables } = await aProcess({
        disturbance: { fate: ({ name }) => (name === 'segments.appendIfAbsent' ? fate : 'ok') },
      });
      expect(await commit(anEvent('e1'))).toMatchObject([{ kind: 'failed' }]);
      expect(await tables.claims.read('event#e1')).toBeUndefined();
    }
  });

  it('gives segment, claim and version of an event one token, and each event its own', async () => {
    const { commit, tables } = await aProcess();
    await commit(anEvent('e1'), anEvent('e2'));
    const segment = tables.segments.all().find(({ kind }) => kind === 'records');
    const claims = await Promise.all(['event#e1', 'event#e2'].map((id) => tables.claims.read(id)));
    const versions = await Promise.all([1, 2].map((number) => tables.versions.read('cart-1', number)));
    expect(claims.map((claim) => claim?.token)).toEqual([`${segment?.token}.0`, `${segment?.token}.1`]);
    expect(versions.map((version) => version?.token)).toEqual(claims.map((claim) => claim?.token));
  });

  it('moves its mark past a batch once every event of it has an outcome', async () => {
    const { commit, log } = await aProcess();
    const before = log.mark;
    await commit(anEvent('e1'), anInvalidEvent('e2'));
    expect(log.mark).toBe(before + 1);
  });

  it('moves its mark past an event that is given back', async () => {
    const { commit, log } = await aProcess({
      disturbance: { fate: ({ name }) => (name === 'claims.putIfAbsent' ? 'failed' : 'ok') },
    });
    const before = log.mark;
    expect(await commit(anEvent('e1'))).toMatchObject([{ kind: 'failed' }]);
    expect(log.mark).toBe(before + 1);
  });

  it('quarantines an event that no segment can hold, and applies its neighbours', async () => {
    const { commit } = await aProcess();
    const huge = anEvent('huge', { operation: { kind: 'put', value: 'x'.repeat(360 * 1024) } });
    expect(await commit(anEvent('e1'), huge, anEvent('e2'))).toEqual([
      { kind: 'applied', version: 1 },
      { kind: 'quarantined', reason: 'too_large_to_log' },
      { kind: 'applied', version: 2 },
    ]);
  });
});
