import { createInMemoryTables } from '../in-memory';
import { anEvent } from '../testing';
import { aProcess, ledger, prune, type TestProcess } from '../testing/a-process';

const REQUEST = { subject: 'cart-1', toVersion: 1, ifMatch: 2, idempotencyKey: 'key-1' };

async function withTwoVersions(setting: Parameters<typeof aProcess>[0] = {}): Promise<TestProcess> {
  const { tables = createInMemoryTables() } = setting;
  await (await aProcess({ tables })).commit(anEvent('e1'), anEvent('e2'));
  return aProcess({ ...setting, tables });
}

describe('a rollback', () => {
  it('makes a new version with the old content, and a clock above the head', async () => {
    const { committer, log, tables } = await withTwoVersions();
    const head = await tables.versions.readHead('cart-1');
    const result = await committer.rollBack(REQUEST, log);
    expect(result).toMatchObject({
      outcome: 'rolled_back',
      version: {
        number: 3,
        content: { kind: 'value', value: { by: 'e1' } },
        cause: { kind: 'rollback', toVersion: 1 },
        requestId: 'http#key-1',
      },
    });
    expect('version' in result && result.version.lamport).toBeGreaterThan(head?.clock ?? 0);
  });

  it('is one rollback under one key, however often it is asked for', async () => {
    const { committer, log, tables } = await withTwoVersions();
    await committer.rollBack(REQUEST, log);
    await committer.commitBatch([anEvent('e3')], log);
    expect(await committer.rollBack(REQUEST, log)).toMatchObject({
      outcome: 'already_applied',
      version: { number: 3 },
    });
    expect(await ledger(tables)).toHaveLength(4);
  });

  it('succeeds when its own earlier try takes the version in the last moment', async () => {
    const tables = createInMemoryTables();
    let earlier: TestProcess | undefined;
    const here = await withTwoVersions({
      tables,
      disturbance: {
        before: async ({ name }) => {
          if (name === 'versions.putIfAbsent') await earlier?.committer.rollBack(REQUEST, earlier.log);
        },
      },
    });
    earlier = await aProcess({ tables });
    expect(await here.committer.rollBack(REQUEST, here.log)).toMatchObject({ outcome: 'already_applied' });
    expect(await ledger(tables)).toHaveLength(3);
  });

  it('refuses the key of another rollback', async () => {
    const { committer, log } = await withTwoVersions();
    await committer.rollBack(REQUEST, log);
    expect(await committer.rollBack({ ...REQUEST, ifMatch: 3 }, log)).toEqual({ outcome: 'key_conflict' });
    expect(await committer.rollBack({ ...REQUEST, toVersion: 2 }, log)).toEqual({ outcome: 'key_conflict' });
  });

  it.each([
    ['somebody was faster', { ...REQUEST, ifMatch: 1 }, { outcome: 'precondition_failed', headNumber: 2 }],
    [
      'the caller is ahead of the head',
      { ...REQUEST, ifMatch: 3 },
      { outcome: 'precondition_failed', headNumber: 2 },
    ],
    ['the subject is unknown', { ...REQUEST, subject: 'nobody' }, { outcome: 'subject_absent' }],
    ['the target is ahead of the head', { ...REQUEST, toVersion: 3 }, { outcome: 'target_absent' }],
  ])('logs and changes nothing when %s', async (_why, request, expected) => {
    const { committer, log, tables, takeCalls } = await withTwoVersions();
    expect(await committer.rollBack(request, log)).toEqual(expected);
    expect(takeCalls()).not.toContain('segments.appendIfAbsent');
    expect(await ledger(tables)).toHaveLength(2);
  });

  it('refuses a target whose value retention has taken', async () => {
    const { committer, log, tables } = await withTwoVersions();
    await prune(tables, 1);
    expect(await committer.rollBack(REQUEST, log)).toEqual({ outcome: 'target_pruned' });
  });

  it('never moves: a version that is taken in the last moment ends it', async () => {
    const tables = createInMemoryTables();
    const rival = await aProcess({ tables });
    const here = await withTwoVersions({
      tables,
      disturbance: {
        before: async ({ name }) => {
          if (name === 'versions.putIfAbsent') await rival.commit(anEvent('e3'));
        },
      },
    });
    expect(await here.committer.rollBack(REQUEST, here.log)).toEqual({
      outcome: 'precondition_failed',
      headNumber: 3,
    });
    expect(await ledger(tables)).toEqual(['1 event#e1', '2 event#e2', '3 event#e3']);
  });

  it('puts its version under the token it was logged with', async () => {
    const { committer, log, tables } = await withTwoVersions();
    await committer.rollBack(REQUEST, log);
    const segment = tables.segments.all().at(-1);
    expect((await tables.versions.read('cart-1', 3))?.token).toBe(`${segment?.token}.0`);
  });

  it('is not possible in a slot that belongs to somebody else', async () => {
    const { committer, log, tables } = await withTwoVersions();
    await log.release();
    await expect(committer.rollBack(REQUEST, log)).rejects.toMatchObject({ code: 'log_fenced' });
    expect(await ledger(tables)).toHaveLength(2);
  });
});

describe('the recovery of a rollback', () => {
  const RECORD = { requestId: 'http#key-1', subject: 'cart-1', ifMatch: 2, toVersion: 1, lamport: 9 };

  it('finishes it when the head is still the one it was planned for', async () => {
    const { committer, tables } = await withTwoVersions();
    expect(await committer.redeliver(RECORD, 'dead.0')).toBeUndefined();
    expect(await ledger(tables)).toEqual(['1 event#e1', '2 event#e2', '3 http#key-1']);
  });

  it('changes nothing when it happened, or when the subject has gone on', async () => {
    const { committer, commit, tables } = await withTwoVersions();
    await committer.redeliver(RECORD, 'dead.0');
    await committer.redeliver(RECORD, 'dead.0');
    await commit(anEvent('e3'));
    await committer.redeliver({ ...RECORD, requestId: 'http#key-2' }, 'dead.1');
    expect(await ledger(tables)).toEqual(['1 event#e1', '2 event#e2', '3 http#key-1', '4 event#e3']);
  });
});
