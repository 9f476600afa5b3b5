import { boundedRetry } from './retry';
import { StoreAwayError } from '../testing/unreliable';

describe('boundedRetry', () => {
  const waits: number[] = [];
  const retry = boundedRetry(
    { delay: (ms) => Promise.resolve(waits.push(ms)), random: () => 0.5 },
    { attempts: 4, firstDelayMs: 100, maxDelayMs: 250 },
  );
  const failing = (times: number, error: Error = new StoreAwayError()) => {
    let calls = 0;
    return async () => {
      calls += 1;
      if (calls <= times) throw error;
      return calls;
    };
  };

  beforeEach(() => waits.splice(0));

  it('answers at once, without a wait, when the call works', async () => {
    expect(await retry(failing(0))).toBe(1);
    expect(waits).toEqual([]);
  });

  it('waits a random part of a time that doubles up to its bound', async () => {
    expect(await retry(failing(3))).toBe(4);
    expect(waits).toEqual([50, 100, 125]);
  });

  it('throws the last error when the attempts are used up', async () => {
    await expect(retry(failing(4))).rejects.toThrow(StoreAwayError);
    expect(waits).toHaveLength(3);
  });

  it('throws an error at once that repeating does not change', async () => {
    await expect(retry(failing(1, new Error('no such table')))).rejects.toThrow('no such table');
    expect(waits).toEqual([]);
  });
});
