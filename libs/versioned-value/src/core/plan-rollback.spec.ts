import { buildVersion } from '../testing';
import { planRollback, type RollbackInput } from './plan-rollback';
import { settleRollback } from './settle-rollback';

const head = buildVersion({ number: 5, clock: 60, writtenAtMs: 2000 });
const target = buildVersion({ number: 2, content: { kind: 'value', value: 'old' }, checksum: 'old' });
const input: RollbackInput = {
  head,
  ifMatch: 5,
  toVersion: 2,
  successor: undefined,
  target,
  requestId: 'http#key',
  token: 't1',
  lamport: 70,
  nowMs: 1500,
};

describe(planRollback, () => {
  it('plans a new version with the content of the old one, above the head in every time', () => {
    expect(planRollback(input)).toEqual({
      outcome: 'put',
      version: {
        subject: 'cart-7',
        number: 6,
        content: { kind: 'value', value: 'old' },
        requestId: 'http#key',
        token: 't1',
        cause: { kind: 'rollback', toVersion: 2 },
        checksum: 'old',
        lamport: 70,
        clock: 71,
        writtenAtMs: 2000,
      },
    });
  });

  it('ticks above the head also when the request has a lower Lamport time', () => {
    expect(planRollback({ ...input, lamport: 3 })).toMatchObject({ version: { lamport: 3, clock: 61 } });
  });

  it('rolls back to a deletion', () => {
    const deleted = buildVersion({ number: 2, content: { kind: 'deleted' } });
    expect(planRollback({ ...input, target: deleted })).toMatchObject({
      version: { content: { kind: 'deleted' } },
    });
  });

  it('refuses when somebody wrote after the version that the caller saw', () => {
    const successor = buildVersion({ number: 5, requestId: 'event#other' });
    expect(planRollback({ ...input, ifMatch: 4, successor })).toEqual({
      outcome: 'precondition_failed',
      headNumber: 5,
    });
  });

  it('finds its own version of an earlier try, also when the target was pruned since', () => {
    const successor = buildVersion({ number: 5, requestId: 'http#key' });
    expect(planRollback({ ...input, ifMatch: 4, successor, target: undefined })).toEqual({
      outcome: 'already_applied',
      version: successor,
    });
  });

  it('refuses a version that is ahead of the head', () => {
    expect(planRollback({ ...input, ifMatch: 6 })).toEqual({
      outcome: 'precondition_failed',
      headNumber: 5,
    });
  });

  it('refuses a target whose value was removed, and one whose tombstone has expired', () => {
    const pruned = buildVersion({ number: 2, content: { kind: 'pruned' } });
    expect(planRollback({ ...input, target: pruned })).toEqual({ outcome: 'target_pruned' });
    expect(planRollback({ ...input, target: undefined })).toEqual({ outcome: 'target_pruned' });
  });

  it.each([0, -1, 6, Number.NaN])('refuses %p as a target that never was', (toVersion) => {
    expect(planRollback({ ...input, toVersion, target: undefined })).toEqual({ outcome: 'target_absent' });
  });

  it('refuses a subject without versions', () => {
    expect(planRollback({ ...input, head: undefined })).toEqual({ outcome: 'subject_absent' });
  });
});

describe(settleRollback, () => {
  const planned = buildVersion({ number: 6, requestId: 'http#key' });

  it('is done when the version was stored', () => {
    expect(settleRollback(planned, { outcome: 'stored' })).toEqual({
      outcome: 'rolled_back',
      version: planned,
    });
  });

  it('is success when the version there has the same request id', () => {
    const stored = { ...planned, token: 'of an earlier try' };
    expect(settleRollback(planned, { outcome: 'refused', stored })).toEqual({
      outcome: 'already_applied',
      version: stored,
    });
  });

  it('has lost when the number was taken by another request', () => {
    const stored = { ...planned, requestId: 'event#other' };
    expect(settleRollback(planned, { outcome: 'refused', stored })).toEqual({
      outcome: 'precondition_failed',
      headNumber: 6,
    });
  });
});
