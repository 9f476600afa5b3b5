import { createHash } from 'node:crypto';
import { InMemoryVersionStore } from '../in-memory';
import { VersionCorruptError } from './roll-back';
import type { StateOperation, Version, VersionStore, VersionWrite } from './version';
import { VersionedValue } from './versioned-value';

const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex');
const cause = { kind: 'event', source: '/monitor', epoch: 1 } as const;

describe(VersionedValue, () => {
  let store: InMemoryVersionStore;
  let nowMs: number;
  let values: VersionedValue;

  beforeEach(() => {
    store = new InMemoryVersionStore();
    nowMs = 1000;
    values = valuesOver(store);
  });

  const valuesOver = (over: VersionStore, maxValueBytes = 1000): VersionedValue => {
    let tokens = 0;
    return new VersionedValue({
      store: over,
      now: () => nowMs,
      newToken: () => `token-${(tokens += 1)}`,
      sha256Hex,
      maxValueBytes,
    });
  };
  const append = async (operation: StateOperation, by = values) =>
    by.append({ subject: 'service-a', operation, requestId: 'r', cause });
  const put = async (value: string) => append({ kind: 'put', value });
  const putAll = async (...all: readonly string[]): Promise<void> => {
    for (const value of all) await put(value);
  };
  const contentOf = async (number: number) => (await store.read('service-a', number))?.content;

  describe('append', () => {
    it('writes versions 1, 2, 3 of a subject', async () => {
      await putAll('up', 'late', 'down');
      expect(await values.current('service-a')).toMatchObject({
        number: 3,
        content: { kind: 'value', value: 'down' },
        clock: 3,
        writtenAtMs: 1000,
      });
    });

    it('goes to the next number when another writer was faster', async () => {
      const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map(put));
      const numbers = outcomes.map((each) => (each.outcome === 'appended' ? each.version.number : 0));
      expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    });

    it('recognises its own version when the reply of the put was lost', async () => {
      const losing = valuesOver(
        answering(store, (write, stored) => ({ ...write, outcome: 'refused', stored })),
      );
      expect(await append({ kind: 'put', value: 'up' }, losing)).toMatchObject({
        outcome: 'appended',
        version: { number: 1 },
      });
      expect(await store.read('service-a', 2)).toBeUndefined();
    });

    it('gives up, with nothing written, when every number is taken by others', async () => {
      const crowded = answering(new InMemoryVersionStore(), (_write, stored) => ({
        outcome: 'refused',
        stored: { ...stored, token: "another's" },
      }));
      expect(await append({ kind: 'put', value: 'up' }, valuesOver(crowded))).toEqual({
        outcome: 'contended',
        attempts: 16,
      });
    });

    it('refuses a value that is too large, and writes nothing', async () => {
      expect((await append({ kind: 'put', value: 'x'.repeat(1000) })).outcome).toBe('value_too_large');
      expect(await values.current('service-a')).toBeUndefined();
    });
  });

  describe('version', () => {
    it('finds a version, and none above the head or below 1', async () => {
      await putAll('up');
      expect(await values.version('service-a', 1)).toMatchObject({
        outcome: 'found',
        version: { number: 1 },
      });
      for (const number of [0, 2, 1.5, Number.NaN])
        expect(await values.version('service-a', number)).toEqual({ outcome: 'absent' });
    });

    it('says pruned for a tombstone, also after it expired', async () => {
      await putAll('a', 'b', 'c', 'd');
      await values.prune({ subject: 'service-a', keep: 1, horizonMs: 0 });
      expect(await values.version('service-a', 2)).toEqual({ outcome: 'pruned' });
      store.sweep(Number.MAX_SAFE_INTEGER);
      expect(await values.version('service-a', 2)).toEqual({ outcome: 'pruned' });
    });
  });

  describe('rollBack', () => {
    const rollBack = async (change: { toVersion?: number; ifMatch?: number; requestId?: string } = {}) =>
      values.rollBack({ subject: 'service-a', toVersion: 1, ifMatch: 2, requestId: 'http#1', ...change });

    it('writes the old content as a new version', async () => {
      await putAll('good', 'bad');
      expect(await rollBack()).toMatchObject({ outcome: 'rolled_back', version: { number: 3 } });
      expect(await contentOf(3)).toEqual({ kind: 'value', value: 'good' });
    });

    it('does it once when the same request comes again, also after later versions', async () => {
      await putAll('good', 'bad');
      await rollBack();
      await put('later');
      expect(await rollBack()).toMatchObject({ outcome: 'already_applied', version: { number: 3 } });
      expect((await values.current('service-a'))?.number).toBe(4);
    });

    it('refuses when somebody was faster', async () => {
      await putAll('good', 'bad', 'newer');
      expect(await rollBack()).toEqual({ outcome: 'precondition_failed', headNumber: 3 });
    });

    it('refuses when somebody was faster between the read and the put', async () => {
      await putAll('good', 'bad');
      const raced = valuesOver(
        answering(store, (_write, stored) => ({
          outcome: 'refused',
          stored: { ...stored, requestId: "event#another's" },
        })),
      );
      expect(
        await raced.rollBack({ subject: 'service-a', toVersion: 1, ifMatch: 2, requestId: 'http#1' }),
      ).toEqual({ outcome: 'precondition_failed', headNumber: 3 });
    });

    it('refuses to restore a content that is not the one that was written', async () => {
      await putAll('good', 'bad');
      const first = (await store.read('service-a', 1)) as Version;
      const tampered = new InMemoryVersionStore();
      await tampered.putIfAbsent({ ...first, content: { kind: 'value', value: 'evil' } });
      values = valuesOver(tampered);
      await put('bad');
      await expect(rollBack()).rejects.toThrow(VersionCorruptError);
    });
  });

  it('shows the difference between two versions, in both directions', async () => {
    await append({ kind: 'put', value: { state: 'up' } });
    await append({ kind: 'merge', patch: { state: 'down', why: 'silence' } });
    expect(await values.difference('service-a', { from: 2, to: 1 })).toEqual({
      outcome: 'found',
      steps: [
        { op: 'remove', path: '/why' },
        { op: 'replace', path: '/state', value: 'up' },
      ],
    });
    expect(await values.difference('service-a', { from: 1, to: 3 })).toEqual({ outcome: 'absent' });
  });

  it('finds the version of a wall time', async () => {
    await put('up');
    nowMs = 5000;
    await put('down');
    expect(await values.asOf('service-a', { timeMs: 4999 })).toMatchObject({ version: { number: 1 } });
  });

  it.each([
    [0, 1],
    [7.9, 7],
    [5000, 100],
  ])('cuts a page of %p to %p', async (limit, length) => {
    await putAll(...Array.from({ length: 101 }, String));
    expect((await values.history({ subject: 'service-a', limit })).versions).toHaveLength(length);
  });
});

/** A store whose puts are answered differently from what happened; `stored` is the version that was put. */
function answering(
  store: VersionStore,
  answer: (write: VersionWrite, stored: Version) => VersionWrite,
): VersionStore {
  const other = Object.create(store) as VersionStore;
  other.putIfAbsent = async (version) => answer(await store.putIfAbsent(version), version);
  return other;
}
