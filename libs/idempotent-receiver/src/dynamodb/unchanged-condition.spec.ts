import { unchangedCondition } from './unchanged-condition';

describe(unchangedCondition, () => {
  it('compares every leaf, and the size of every map and list around it', () => {
    expect(unchangedCondition({ Token: 't1', Decision: { version: 3, flags: [true] } })).toEqual({
      expression:
        '#n0 = :v0 AND size(#n1) = :v1 AND #n1.#n2 = :v2 AND size(#n1.#n3) = :v3 AND #n1.#n3[0] = :v4',
      names: { '#n0': 'Token', '#n1': 'Decision', '#n2': 'version', '#n3': 'flags' },
      values: { ':v0': 't1', ':v1': 2, ':v2': 3, ':v3': 1, ':v4': true },
    });
  });

  it('compares an empty map by its size alone', () => {
    expect(unchangedCondition({ Decision: {} }).expression).toBe('size(#n0) = :v0');
  });

  it('compares null as a value', () => {
    expect(unchangedCondition({ Decision: null })).toMatchObject({
      expression: '#n0 = :v0',
      values: { ':v0': null },
    });
  });
});
