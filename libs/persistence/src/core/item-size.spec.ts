import { assert, bigInt, constantFrom, integer, property, string } from 'fast-check';
import { itemSizeBytes, type TypedValue } from './item-size';

/** Size of a value, its one-letter name taken off. */
const sizeOf = (value: TypedValue): number => itemSizeBytes({ x: value }) - 1;

describe('itemSizeBytes', () => {
  test('is nothing for an item without attributes', () => {
    expect(itemSizeBytes({})).toBe(0);
  });

  test('counts names and strings in UTF-8', () => {
    expect(itemSizeBytes({ größe: { S: '€' } })).toBe(7 + 3);
  });

  test.each([
    ['0', 1],
    ['-0', 1],
    ['1', 2],
    ['-1', 3],
    ['10', 2],
    ['12', 2 + 0],
    ['123', 3],
    ['1234', 3],
    ['1000000', 2],
    ['0.5', 2],
    ['0.05', 2],
    ['1.5', 3],
    ['1e3', 2],
    ['12345678901234567890123456789012345678', 20],
  ])('counts the number %s as %i bytes', (number, bytes) => {
    expect(sizeOf({ N: number })).toBe(bytes);
  });

  test('counts null and booleans as one byte', () => {
    expect(sizeOf({ NULL: true })).toBe(1);
    expect(sizeOf({ BOOL: false })).toBe(1);
  });

  test('counts binary by its raw bytes', () => {
    expect(sizeOf({ B: new Uint8Array(7) })).toBe(7);
  });

  test('counts three bytes for a list or map and one for each element', () => {
    expect(sizeOf({ L: [] })).toBe(3);
    expect(sizeOf({ M: {} })).toBe(3);
    expect(sizeOf({ L: [{ S: 'ab' }, { L: [] }] })).toBe(3 + (1 + 2) + (1 + 3));
    expect(sizeOf({ M: { ab: { S: 'c' } } })).toBe(3 + (1 + 2 + 1));
  });

  test('counts a set by its members', () => {
    expect(sizeOf({ SS: ['a', 'bc'] })).toBe(3);
    expect(sizeOf({ NS: ['1', '2'] })).toBe(4);
    expect(sizeOf({ BS: [new Uint8Array(2), new Uint8Array(3)] })).toBe(5);
  });

  test('never changes with zeroes around a number', () => {
    assert(
      property(bigInt({ min: 1n, max: 10n ** 20n }), integer({ min: 0, max: 8 }), (number, zeroes) => {
        const plain = sizeOf({ N: String(number) });
        expect(sizeOf({ N: '0'.repeat(zeroes) + String(number) })).toBe(plain);
        expect(sizeOf({ N: `${number}.${'0'.repeat(zeroes + 1)}` })).toBe(plain);
      }),
    );
  });

  test('grows by exactly what an attribute adds', () => {
    assert(
      property(string(), constantFrom<TypedValue>({ S: 'v' }, { BOOL: true }, { L: [] }), (text, value) => {
        const base = { text: { S: text } };
        expect(itemSizeBytes({ ...base, more: value })).toBe(itemSizeBytes(base) + 4 + sizeOf(value));
      }),
    );
  });
});
