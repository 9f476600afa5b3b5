import { InvalidCursorError } from '../core/cursor';
import { tombstoneOf } from '../core/tombstone-of';
import type { Version, VersionStore } from '../core/version';
import { buildVersion } from './build-version';

/**
 * What every {@link VersionStore} must do. `makeStore` may answer the same store each time; each test
 * uses a subject of its own, made by `newSubject`.
 */
export function describeVersionStoreContract(
  name: string,
  makeStore: () => VersionStore | Promise<VersionStore>,
  newSubject: () => string,
): void {
  describe(`version store: ${name}`, () => {
    let store: VersionStore;
    let subject: string;

    beforeEach(async () => {
      store = await makeStore();
      subject = newSubject();
    });

    const versionOf = (number: number, change: Partial<Version> = {}): Version =>
      buildVersion({ subject, number, lamport: 2 ** 52 + number, clock: 2 ** 52 + number + 1, ...change });

    const fill = async (count: number): Promise<void> => {
      for (let number = 1; number <= count; number += 1) await store.putIfAbsent(versionOf(number));
    };

    const tombstone = (number: number): Version =>
      tombstoneOf(versionOf(number), { nowMs: 1_700_000_000_000, horizonMs: 1000 });

    it('knows nothing of a subject without versions', async () => {
      expect(await store.read(subject, 1)).toBeUndefined();
      expect(await store.readHead(subject)).toBeUndefined();
      expect(await store.list({ subject, limit: 10 })).toEqual({ versions: [] });
    });

    it.each<[string, Partial<Version>]>([
      ['a value', {}],
      ['a value of null', { content: { kind: 'value', value: null } }],
      [
        'numbers beyond 2^53 and below 1e-130',
        { content: { kind: 'value', value: [1e300, 5e-324, 2 ** 60] } },
      ],
      ['empty texts, lists and maps', { content: { kind: 'value', value: { '': '', a: [], o: {} } } }],
      ['a deletion', { content: { kind: 'deleted' } }],
      ['a flagged cause', { cause: { kind: 'event', source: '/x', epoch: 0, flagged: true } }],
      ['a rollback', { cause: { kind: 'rollback', toVersion: 1 } }],
    ])('stores a version with %s and reads back all of it', async (_what, change) => {
      expect(await store.putIfAbsent(versionOf(1, change))).toEqual({ outcome: 'stored' });
      expect(await store.read(subject, 1)).toEqual(versionOf(1, change));
    });

    it('refuses a number that is taken, and answers the version that is there', async () => {
      await fill(2);
      const other = versionOf(2, { requestId: 'event#other', token: 'other' });
      expect(await store.putIfAbsent(other)).toEqual({ outcome: 'refused', stored: versionOf(2) });
      expect(await store.read(subject, 2)).toEqual(versionOf(2));
    });

    it('lets exactly one of many puts of the same number succeed', async () => {
      const writes = await Promise.all(
        Array.from({ length: 10 }, (_, index) => store.putIfAbsent(versionOf(1, { token: `t-${index}` }))),
      );
      const stored = await store.read(subject, 1);
      expect(writes.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
      for (const write of writes.filter(({ outcome }) => outcome === 'refused'))
        expect(write).toEqual({ outcome: 'refused', stored });
    });

    it('reads the version with the highest number as the head, by number and not by text', async () => {
      await fill(11);
      expect(await store.readHead(subject)).toEqual(versionOf(11));
    });

    it('keeps subjects apart', async () => {
      await fill(2);
      const other = newSubject();
      await store.putIfAbsent(versionOf(1, { subject: other }));
      expect((await store.readHead(other))?.number).toBe(1);
      expect((await store.readHead(subject))?.number).toBe(2);
    });

    it('lists versions newest first, each on one page, and ends', async () => {
      await fill(7);
      const pages: number[][] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list({ subject, limit: 3, ...(cursor !== undefined && { cursor }) });
        pages.push(page.versions.map(({ number }) => number));
        cursor = page.cursor;
      } while (cursor !== undefined && pages.length < 10);
      expect(pages.flat()).toEqual([7, 6, 5, 4, 3, 2, 1]);
      expect(Math.max(...pages.map(({ length }) => length))).toBe(3);
    });

    it('goes on with older versions when newer ones were written between two pages', async () => {
      await fill(3);
      const { cursor = '' } = await store.list({ subject, limit: 2 });
      await store.putIfAbsent(versionOf(4));
      expect((await store.list({ subject, limit: 2, cursor })).versions).toEqual([versionOf(1)]);
    });

    it('lists each subject that has a version 1 once, over all pages', async () => {
      const subjects = [subject, newSubject(), newSubject()];
      for (const each of subjects)
        for (const number of [1, 2]) await store.putIfAbsent(versionOf(number, { subject: each }));
      const listed = await listAllSubjects(store);
      expect(listed.filter((each) => subjects.includes(each)).sort()).toEqual(subjects.sort());
    });

    it('refuses a cursor that no page gave out', async () => {
      await fill(3);
      await expect(store.list({ subject, limit: 1, cursor: 'made up' })).rejects.toThrow(InvalidCursorError);
      await expect(store.listSubjects({ limit: 1, cursor: 'made up' })).rejects.toThrow(InvalidCursorError);
    });

    it('refuses the cursor of the other list', async () => {
      await fill(3);
      const { cursor = '' } = await store.list({ subject, limit: 1 });
      await expect(store.listSubjects({ limit: 1, cursor })).rejects.toThrow(InvalidCursorError);
    });

    it('replaces a pruned version by its tombstone', async () => {
      await fill(3);
      await store.prune(tombstone(2));
      expect(await store.read(subject, 2)).toEqual(tombstone(2));
      expect(await store.readHead(subject)).toEqual(versionOf(3));
    });

    it('refuses to fill the number of a tombstone, and answers it', async () => {
      await fill(3);
      await store.prune(tombstone(2));
      expect(await store.putIfAbsent(versionOf(2))).toEqual({ outcome: 'refused', stored: tombstone(2) });
    });

    it('brings nothing back by pruning a version that is not there', async () => {
      await fill(1);
      await store.prune(tombstone(2));
      expect(await store.read(subject, 2)).toBeUndefined();
    });

    it('keeps the expiry of a version that is pruned twice', async () => {
      await fill(3);
      await store.prune(tombstone(2));
      await store.prune({ ...tombstone(2), expiresAtEpochSeconds: 4_000_000_000 });
      expect(await store.read(subject, 2)).toEqual(tombstone(2));
    });

    it('still lists a subject whose version 1 was pruned', async () => {
      await fill(2);
      await store.prune(tombstone(1));
      expect(await listAllSubjects(store)).toContain(subject);
      expect((await store.read(subject, 1))?.content).toEqual({ kind: 'pruned' });
    });
  });
}

async function listAllSubjects(store: VersionStore): Promise<string[]> {
  const all: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.listSubjects({ limit: 2, ...(cursor !== undefined && { cursor }) });
    all.push(...page.subjects);
    cursor = page.cursor;
  } while (cursor !== undefined && all.length < 10_000);
  return all;
}
