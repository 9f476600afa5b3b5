import { relayDelayMs } from './relay-delay';

describe('relayDelayMs', () => {
  it('doubles from 5 s to 5 min', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map(relayDelayMs)).toEqual([
      5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000,
    ]);
  });

  it('is 5 s for an entry that counts no publication yet', () => {
    expect(relayDelayMs(0)).toBe(5_000);
  });
});
