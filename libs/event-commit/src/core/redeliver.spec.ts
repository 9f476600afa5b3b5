import { createInMemoryTables } from '../in-memory';
import { anEvent, anInvalidEvent } from '../testing';
import { aProcess, ledger } from '../testing/a-process';
import { DEFAULT_COMMIT_OPTIONS } from './commit-options';

describe('the recovery of a logged operation', () => {
  it('applies what was logged and never claimed', async () => {
    const { committer, tables } = await aProcess();
    expect(await committer.redeliver(anEvent('e1'), 'dead.0')).toEqual({ kind: 'applied', version: 1 });
    expect(await tables.claims.read('event#e1')).toMatchObject({ token: 'dead.0' });
  });

  it('finds what was applied, under the same token, and changes nothing', async () => {
    const tables = createInMemoryTables();
    const dead = await aProcess({ tables });
    await dead.committer.redeliver(anEvent('e1'), 'dead.0');
    const { committer, takeCalls } = await aProcess({ tables });
    expect(await committer.redeliver(anEvent('e1'), 'dead.0')).toEqual({ kind: 'applied', version: 1 });
    expect(await ledger(tables)).toHaveLength(1);
    expect(takeCalls()).not.toContain('versions.putIfAbsent');
  });

  it('answers a rejection, so that its receipt is sent again', async () => {
    const { committer } = await aProcess();
    expect(await committer.redeliver(anInvalidEvent('e1'), 'dead.0')).toMatchObject({ kind: 'rejected' });
  });

  it('quarantines an operation that is beyond the dedup horizon by now', async () => {
    const { committer, clock } = await aProcess();
    clock.nowMs += DEFAULT_COMMIT_OPTIONS.dedupHorizonMs + 1;
    expect(await committer.redeliver(anEvent('e1'), 'dead.0')).toEqual({
      kind: 'quarantined',
      reason: 'beyond_horizon',
    });
  });

  it('throws what made it fail, so that the walk counts it and goes on', async () => {
    const { committer } = await aProcess({
      disturbance: { fate: ({ name }) => (name === 'claims.putIfAbsent' ? 'failed' : 'ok') },
    });
    await expect(committer.redeliver(anEvent('e1'), 'dead.0')).rejects.toMatchObject({
      code: 'simulated_fault',
    });
  });

  it('finishes the batch of a process that died between the log and the claims', async () => {
    const tables = createInMemoryTables();
    const dying = await aProcess({
      tables,
      disturbance: { fate: ({ name }) => (name.startsWith('claims') ? 'hangs' : 'ok') },
    });
    void dying.commit(anEvent('e1'), anEvent('e2', { subject: 'cart-2' }));
    await new Promise((resolve) => void setImmediate(() => setImmediate(resolve)));
    await dying.log.release();
    await aProcess({ tables });
    expect([...(await ledger(tables)), ...(await ledger(tables, 'cart-2'))]).toEqual([
      '1 event#e1',
      '1 event#e2',
    ]);
  });
});
