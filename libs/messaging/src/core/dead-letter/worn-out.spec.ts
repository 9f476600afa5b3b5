import { isWornOut } from './worn-out';

describe('isWornOut', () => {
  it.each([
    [1, 100, false],
    [90, 100, false],
    [91, 100, true],
    [100, 100, true],
    [10, 10, false],
    [2, 11, true],
  ])(
    'of a message received %i times from a queue that allows %i: %s',
    (receiveCount, maxReceiveCount, is) => {
      expect(isWornOut({ receiveCount }, { maxReceiveCount })).toBe(is);
    },
  );
});
