import { CanaryLedger } from './canary-ledger';
import { detectorSettings } from './settings';

const settings = detectorSettings();

/** Sends `count` canaries 5 s apart; each comes back at once where `returns` says so. */
function ledgerAfter(count: number, returns: (i: number) => boolean): CanaryLedger {
  const ledger = new CanaryLedger(settings);
  for (let i = 0; i < count; i++) {
    ledger.sent(`${i}`, i * 5_000);
    if (returns(i)) ledger.received(`${i}`, i * 5_000);
    ledger.expire(i * 5_000);
  }
  return ledger;
}

describe('CanaryLedger', () => {
  it('returns when a canary was sent, once', () => {
    const ledger = ledgerAfter(1, () => false);
    expect(ledger.received('0', 50)).toBe(0);
    expect(ledger.received('0', 50)).toBeUndefined();
  });

  it('does not know the canary of another replica', () => {
    expect(ledgerAfter(1, () => true).received('other', 50)).toBeUndefined();
  });

  it('counts a canary lost when one sent three periods later came 3 T ago', () => {
    const ledger = ledgerAfter(4, (i) => i > 0);
    ledger.expire(44_999);
    expect(ledger.lost).toBe(0);
    ledger.expire(45_000);
    expect(ledger.lost).toBe(1);
  });

  it.each([
    ['in order', (i: number) => i],
    ['in the opposite order', (i: number) => 35 - i],
  ])('counts none lost that come late, %s, out of a stalled queue', (_name, place) => {
    const ledger = ledgerAfter(36, () => false);
    for (let i = 0; i < 36; i++) {
      ledger.received(`${place(i)}`, 180_000 + 300 * i);
      ledger.expire(180_000 + 300 * i);
    }
    ledger.expire(300_000);
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
