import { assert, integer, property } from 'fast-check';
import { indexEntry, indexWriteUnits, readUnits, tableWriteUnits, writeUnits } from './capacity';
import type { TypedItem } from './item-size';
import type { IndexDefinition } from './table-definition';

const table = { partitionKey: { name: 'id', type: 'S' } } as const;
const index: IndexDefinition = {
  name: 'ByStatus',
  partitionKey: { name: 'status', type: 'S' },
  sortKey: { name: 'at', type: 'N' },
  projection: 'all',
};
const keysOnly: IndexDefinition = { ...index, projection: 'keys' };

const bytes = (count: number): TypedItem => ({ x: { S: 'a'.repeat(count - 1) } });
const entry = (status: string, at: number, body = ''): TypedItem => ({
  id: { S: 'one' },
  status: { S: status },
  at: { N: String(at) },
  body: { S: body },
});

describe('writeUnits', () => {
  test.each([
    [0, 1],
    [1, 1],
    [1024, 1],
    [1025, 2],
    [409_600, 400],
  ])('charges %i bytes with %i', (size, units) => {
    expect(writeUnits(size)).toBe(units);
  });
});

describe('readUnits', () => {
  test.each([
    [0, 1],
    [4096, 1],
    [4097, 2],
  ])('charges a strong read of %i bytes with %i, an eventual one with half', (sizeBytes, units) => {
    expect(readUnits({ sizeBytes, consistency: 'strong' })).toBe(units);
    expect(readUnits({ sizeBytes, consistency: 'eventual' })).toBe(units / 2);
  });
});

describe('tableWriteUnits', () => {
  test('charges the larger of the item before and after', () => {
    assert(
      property(integer({ min: 1, max: 9000 }), integer({ min: 1, max: 9000 }), (before, after) => {
        expect(tableWriteUnits({ before: bytes(before), after: bytes(after) })).toBe(
          writeUnits(Math.max(before, after)),
        );
      }),
    );
  });

  test('charges a refusal by the item that refused, and one unit where there was none', () => {
    expect(tableWriteUnits({ before: bytes(3000) })).toBe(3);
    expect(tableWriteUnits({})).toBe(1);
  });
});

describe('indexWriteUnits', () => {
  const units = (before?: TypedItem, after?: TypedItem, of = index): number =>
    indexWriteUnits(table, of, { before, after });

  test('charges nothing for an item that is not in the sparse index before or after', () => {
    expect(units({ id: { S: 'one' } }, { id: { S: 'one' }, status: { S: 'only half of the key' } })).toBe(0);
  });

  test('charges one write when an item enters or leaves the index', () => {
    expect(units(undefined, entry('pending', 1))).toBe(1);
    expect(units(entry('pending', 1), { id: { S: 'one' } })).toBe(1);
    expect(units(entry('pending', 1), undefined)).toBe(1);
  });

  test('charges a delete and a put when a key of the index changes', () => {
    expect(units(entry('pending', 1), entry('pending', 2))).toBe(2);
    expect(units(entry('pending', 1, 'b'.repeat(2000)), entry('complete', 1))).toBe(2 + 1);
  });

  test('charges one write by the larger size when only other projected attributes change', () => {
    expect(units(entry('pending', 1, 'short'), entry('pending', 1, 'b'.repeat(2000)))).toBe(2);
  });

  test('charges nothing when nothing that is projected changes', () => {
    expect(units(entry('pending', 1, 'same'), entry('pending', 1, 'same'))).toBe(0);
    expect(units(entry('pending', 1, 'one'), entry('pending', 1, 'other'), keysOnly)).toBe(0);
  });

  test('does not take another order of map members for a change', () => {
    const first = { ...entry('pending', 1), body: { M: { a: { S: '1' }, b: { S: '2' } } } };
    const second = { ...entry('pending', 1), body: { M: { b: { S: '2' }, a: { S: '1' } } } };
    expect(units(first, second)).toBe(0);
  });
});

describe('indexEntry', () => {
  test('holds the keys of table and index, and the attributes named', () => {
    const item = { ...entry('pending', 1, 'text'), extra: { S: 'x' } };
    expect(Object.keys(indexEntry(table, keysOnly, item) ?? {})).toEqual(['id', 'status', 'at']);
    expect(Object.keys(indexEntry(table, { ...index, projection: ['extra'] }, item) ?? {})).toEqual([
      'id',
      'status',
      'at',
      'extra',
    ]);
  });
});
