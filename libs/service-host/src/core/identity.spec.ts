import { Identity } from './identity';

const identity = () =>
  new Identity({ service: 's', version: '1', instanceId: 'i', startedAtMs: 0, nonce: 'abcd' });

describe('Identity', () => {
  it('has no incarnation before its epoch is claimed', () => {
    expect(identity().incarnation).toBeUndefined();
  });

  it('joins epoch and nonce to an incarnation', () => {
    const claimed = identity();
    claimed.claimEpoch(3_000);
    expect([claimed.epoch, claimed.incarnation]).toEqual([3_000, '3000-abcd']);
  });

  it('refuses a second epoch', () => {
    const claimed = identity();
    claimed.claimEpoch(0);
    expect(() => claimed.claimEpoch(1)).toThrow('claimed already');
  });
});
