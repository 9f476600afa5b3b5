import { Repeating } from './repeating';

describe('Repeating', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('runs at once, and again after each pause', async () => {
    let runs = 0;
    const repeating = new Repeating({
      everyMs: 100,
      task: async () => void (runs += 1),
      onError: () => undefined,
    });
    repeating.start();
    await jest.advanceTimersByTimeAsync(250);
    expect(runs).toBe(3);
    await repeating.stop();
  });

  it('goes on after a run that failed, and tells', async () => {
    const errors: unknown[] = [];
    const repeating = new Repeating({
      everyMs: 100,
      task: () => Promise.reject(new Error('away')),
      onError: (error) => errors.push(error),
    });
    repeating.start();
    await jest.advanceTimersByTimeAsync(150);
    expect(errors).toHaveLength(2);
    await repeating.stop();
  });

  it('begins no run after a stop, which waits for the one under way', async () => {
    let finish = (): void => undefined;
    let runs = 0;
    const task = (): Promise<void> => {
      runs += 1;
      return new Promise((resolve) => (finish = resolve));
    };
    const repeating = new Repeating({ everyMs: 100, task, onError: () => undefined });
    repeating.start();
    const stopped = repeating.stop();
    finish();
    await stopped;
    await jest.advanceTimersByTimeAsync(500);
    expect(runs).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
