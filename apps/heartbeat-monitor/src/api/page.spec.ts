import { assert, integer, property, string, uniqueArray } from 'fast-check';
import { pageOf } from './page';

describe('pageOf', () => {
  test('shows every key exactly once, page after page', () => {
    assert(
      property(uniqueArray(string()), integer({ min: 1, max: 10 }), (unsorted, limit) => {
        const keys = unsorted.sort();
        const shown: string[] = [];
        let cursor: string | undefined;
        do {
          const page = pageOf(keys, { limit, ...(cursor !== undefined && { cursor }) });
          shown.push(...(page?.items ?? []));
          cursor = page?.cursor;
        } while (cursor !== undefined);
        expect(shown).toEqual(keys);
      }),
    );
  });

  test('goes on behind a key that is gone by now', () => {
    const { cursor = '' } = pageOf(['a', 'b', 'c', 'd'], { limit: 2 }) ?? {};
    expect(pageOf(['a', 'c', 'd'], { limit: 2, cursor })?.items).toEqual(['c', 'd']);
  });

  test('says so when a cursor is none of its own', () => {
    expect(pageOf(['a'], { limit: 1, cursor: '%%%' })).toBeUndefined();
  });
});
