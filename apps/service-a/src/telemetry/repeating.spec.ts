import { repeating } from './repeating';

describe('repeating', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('runs at once, then again and again, until it is stopped', async () => {
    let runs = 0;
    const stop = repeating(1_000, async () => void (runs += 1));
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(runs).toBe(3);
    stop();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(runs).toBe(3);
  });

  it('never overlaps itself: a slow run skips turns', async () => {
    let begun = 0;
    let end = (): void => undefined;
    const stop = repeating(1_000, async () => {
      begun += 1;
      await new Promise<void>((resolve) => (end = resolve));
    });
    await jest.advanceTimersByTimeAsync(3_500);
    expect(begun).toBe(1);
    end();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(begun).toBe(2);
    stop();
  });
});
