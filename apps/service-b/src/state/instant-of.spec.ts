import { instantOf } from './instant-of';

describe('instantOf', () => {
  it('takes a Lamport time, also 0', () => {
    expect(instantOf({ lamport: 0 })).toEqual({ lamport: 0 });
  });

  it('takes a wall time with an offset', () => {
    expect(instantOf({ time: '1970-01-01T01:00:01+01:00' })).toEqual({ timeMs: 1_000 });
  });

  it.each([[{}], [{ lamport: 1, time: '1970-01-01T00:00:00Z' }], [{ time: '2016-12-31T23:59:60Z' }]])(
    'refuses %j',
    (query) => {
      expect(() => instantOf(query)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    },
  );
});
