import { applyOperation } from './apply-operation';

const value = { kind: 'value', value: { a: 1 } } as const;
const deleted = { kind: 'deleted' } as const;

describe(applyOperation, () => {
  it('puts a value over whatever was there', () => {
    expect(applyOperation(value, { kind: 'put', value: null })).toEqual({ kind: 'value', value: null });
  });

  it('merges into the value that was there', () => {
    expect(applyOperation(value, { kind: 'merge', patch: { b: 2 } })).toEqual({
      kind: 'value',
      value: { a: 1, b: 2 },
    });
  });

  it.each([
    ['a new subject', undefined],
    ['a deleted subject', deleted],
  ])('merges into nothing for %s', (_what, previous) => {
    expect(applyOperation(previous, { kind: 'merge', patch: { b: 2, c: null } })).toEqual({
      kind: 'value',
      value: { b: 2 },
    });
  });

  it.each([
    ['a value', value],
    ['a new subject', undefined],
    ['a deleted subject', deleted],
  ])('deletes %s', (_what, previous) => {
    expect(applyOperation(previous, { kind: 'delete' })).toEqual(deleted);
  });
});
