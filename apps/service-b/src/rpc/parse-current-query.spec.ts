import * as fc from 'fast-check';
import { parseCurrentQuery } from './parse-current-query';

describe('parseCurrentQuery', () => {
  it('reads a subject of 1 to 256 characters', () => {
    expect(parseCurrentQuery({ subject: 'c' })).toEqual({ subject: 'c' });
    expect(parseCurrentQuery({ subject: 'c'.repeat(256) })).toEqual({ subject: 'c'.repeat(256) });
  });

  it.each([
    [{ subject: '' }],
    [{ subject: 'c'.repeat(257) }],
    [{ subject: 7 }],
    [{}],
    [null],
    ['cart-1'],
    [undefined],
  ])('says what is wrong with %j', (payload) => {
    expect(parseCurrentQuery(payload)).toEqual({ problem: expect.stringContaining('subject') });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (payload) => void parseCurrentQuery(payload)));
  });
});
