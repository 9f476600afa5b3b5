import { judgeClaim } from './judge-claim';

const mine = { fingerprint: 'f1', token: 't1' };

describe(judgeClaim, () => {
  it('is mine when fingerprint and token are mine', () => {
    expect(judgeClaim(mine, { fingerprint: 'f1', token: 't1' })).toBe('mine');
  });

  it('is a duplicate when somebody else claimed the same request', () => {
    expect(judgeClaim(mine, { fingerprint: 'f1', token: 't2' })).toBe('duplicate');
  });

  it.each(['t1', 't2'])('is a conflict when another request has the id, whatever its token (%s)', (token) => {
    expect(judgeClaim(mine, { fingerprint: 'f2', token })).toBe('conflict');
  });
});
