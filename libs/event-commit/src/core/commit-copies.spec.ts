import { DEFAULT_COMMIT_OPTIONS } from './commit-options';
import { anEvent, EVENT_TIME_MS } from '../testing';
import { aProcess, ledger } from '../testing/a-process';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('duplicates inside a batch', () => {
  it('folds a copy onto the first delivery, and answers both', async () => {
    const { commit, tables } = await aProcess();
    expect(await commit(anEvent('e1'), anEvent('e2'), anEvent('e1'))).toEqual([
      { kind: 'applied', version: 1 },
      { kind: 'applied', version: 2 },
      { kind: 'applied', version: 1 },
    ]);
    expect(tables.segments.all().flatMap(({ records }) => records)).toHaveLength(2);
  });

  it('quarantines the same id with another fingerprint instead of folding it', async () => {
    const { commit } = await aProcess();
    const impostor = anEvent('e1', { operation: { kind: 'delete' } });
    expect(await commit(anEvent('e1'), impostor)).toEqual([
      { kind: 'applied', version: 1 },
      { kind: 'quarantined', reason: 'other_fingerprint' },
    ]);
  });

  it('lets the first delivery of an id win, though its own subject is cold and the impostor of another one is not', async () => {
    const { commit, tables } = await aProcess();
    await commit(anEvent('warm', { subject: 'cart-2' }));
    const impostor = anEvent('e1', { subject: 'cart-2' });
    expect(await commit(anEvent('e1', { subject: 'cart-3' }), impostor)).toEqual([
      { kind: 'applied', version: 1 },
      { kind: 'quarantined', reason: 'other_fingerprint' },
    ]);
    expect(await ledger(tables, 'cart-3')).toEqual(['1 event#e1']);
  });

  it('quarantines an impostor also when this process has seen the original', async () => {
    const { commit } = await aProcess();
    await commit(anEvent('e1'));
    expect(await commit(anEvent('e1', { subject: 'cart-2' }))).toEqual([
      { kind: 'quarantined', reason: 'other_fingerprint' },
    ]);
  });
});

describe('the dedup horizon', () => {
  const { dedupHorizonMs } = DEFAULT_COMMIT_OPTIONS;

  it('applies an event that is exactly as old as the horizon', async () => {
    const { commit } = await aProcess();
    expect(await commit(anEvent('e1', { timeMs: EVENT_TIME_MS - dedupHorizonMs }))).toEqual([
      { kind: 'applied', version: 1 },
    ]);
  });

  it('quarantines an older one without a trip, and applies its neighbour', async () => {
    const { commit, tables } = await aProcess();
    const old = anEvent('old', { timeMs: EVENT_TIME_MS - dedupHorizonMs - 1 });
    expect(await commit(old, anEvent('e1'))).toEqual([
      { kind: 'quarantined', reason: 'beyond_horizon' },
      { kind: 'applied', version: 1 },
    ]);
    expect(await ledger(tables)).toEqual(['1 event#e1']);
  });

  it('quarantines an event whose id is older, though its envelope says it is new', async () => {
    const { commit } = await aProcess();
    const timeInId = (EVENT_TIME_MS - dedupHorizonMs - 1).toString(16).padStart(12, '0');
    const id = `${timeInId.slice(0, 8)}-${timeInId.slice(8)}-7000-8000-000000000000`;
    expect(await commit(anEvent(id))).toEqual([{ kind: 'quarantined', reason: 'beyond_horizon' }]);
  });

  it('keeps the claim of an event from the future until a copy of it would be quarantined', async () => {
    const { commit, tables } = await aProcess();
    const timeMs = EVENT_TIME_MS + 30 * DAY_MS;
    await commit(anEvent('e1', { timeMs }));
    const claim = await tables.claims.read('event#e1');
    expect((claim?.expiresAtEpochSeconds ?? 0) * 1000).toBeGreaterThan(timeMs + dedupHorizonMs);
  });
});
