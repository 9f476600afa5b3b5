import { CanaryLedger } from './canary-ledger';
import { detectorSettings } from './settings';

const settings = detectorSettings();

/** Sends `count` canaries 5 s apart; each comes back at once where `returns` says so. */
function ledgerAfter(count: number, returns: (i: number) => boolean): CanaryLedger {
  const ledger = new CanaryLedger(settings);
  for (let i = 0; i < count; i++) {
    ledger.sent(`${i}`, i * 5_000);
    if (returns(i)) ledger.received(`${i}`);
  }
  return ledger;
}

describe('CanaryLedger', () => {
  it('returns when a canary was sent, once', () => {
    const ledger = ledgerAfter(1, () => false);
    expect(ledger.received('0')).toBe(0);
    expect(ledger.received('0')).toBeUndefined();
  });

  it('does not know the canary of another replica', () => {
    expect(ledgerAfter(1, () => true).received('other')).toBeUndefined();
  });

  it('counts a canary lost when one sent three periods later came first', () => {
    expect(ledgerAfter(3, (i) => i > 0).lost).toBe(0);
    expect(ledgerAfter(4, (i) => i > 0).lost).toBe(1);
  });

  it('counts none lost that come late, in order, out of a stalled queue', () => {
    const ledger = ledgerAfter(36, () => false);
    for (let i = 0; i < 36; i++) expect(ledger.received(`${i}`)).toBe(i * 5_000);
    expect(ledger.lost).toBe(0);
  });

  it('counts those lost that are older than a queue keeps anything', () => {
    const ledger = ledgerAfter(2, () => false);
    ledger.expire(305_000);
    expect(ledger.lost).toBe(2);
  });

  it('says that the queue is shared when every other canary vanishes', () => {
    expect(ledgerAfter(60, (i) => i % 2 === 0).queueIsShared).toBe(true);
  });

  it.each([
    ['every tenth vanishes', (i: number) => i % 10 !== 0],
    ['ten in a row vanish: an outage', (i: number) => i < 40 || i >= 50],
  ])('does not say so when %s', (_name, returns) => {
    expect(ledgerAfter(60, returns).queueIsShared).toBe(false);
  });
});
