import { compareIncarnations } from './incarnation';

describe('compareIncarnations', () => {
  const token = 'abc';
  it.each([
    ['same', { epoch: 5, token }, { epoch: 5, token }],
    ['newer', { epoch: 6, token }, { epoch: 5, token }],
    ['older', { epoch: 4, token }, { epoch: 5, token }],
    ['newer', { epoch: 6, token }, { epoch: 5, token: 'xyz' }],
    ['unordered', { epoch: 5, token }, { epoch: 5, token: 'xyz' }],
  ])('answers %s for %j seen from %j', (expected, a, b) => {
    expect(compareIncarnations(a, b)).toBe(expected);
  });
});
