import { assert, integer, property, string, uniqueArray } from 'fast-check';
import { pageOf as pageOfItems, type PageRequest } from './page';

const pageOf = (keys: readonly string[], request: PageRequest) => pageOfItems(keys, (key) => key, request);

describe('pageOf', () => {
  test('shows every key exactly once, in order, page after page', () => {
    assert(
      property(uniqueArray(string()), integer({ min: 1, max: 10 }), (keys, limit) => {
        const shown: string[] = [];
        let cursor: string | undefined;
        do {
          const page = pageOf(keys, { limit, ...(cursor !== undefined && { cursor }) });
          shown.push(...(page?.items ?? []));
          cursor = page?.cursor;
        } while (cursor !== undefined);
        expect(shown).toEqual(keys.toSorted());
      }),
    );
  });

  test('gives no cursor when nothing comes after a page', () => {
    expect(pageOf(['b', 'a'], { limit: 2 })).toEqual({ items: ['a', 'b'] });
  });

  test('goes on behind a key that is gone by now', () => {
    const { cursor = '' } = pageOf(['a', 'b', 'c', 'd'], { limit: 2 }) ?? {};
    expect(pageOf(['a', 'c', 'd'], { limit: 2, cursor })?.items).toEqual(['c', 'd']);
  });

  test('says so when a cursor is none of its own', () => {
    expect(pageOf(['a'], { limit: 1, cursor: '%%%' })).toBeUndefined();
  });
});
