import { type Log, ReadinessChecks } from '@latido/observability';
import { DependencyWatches } from './dependency-watches';

const ignore: Log['info'] = () => undefined;
const log: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore, fatal: ignore };

describe('DependencyWatches', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is away with the reason while a dependency does not answer, and back with its first answer', async () => {
    let isAway = true;
    const probe = async (): Promise<void> => {
      if (isAway) throw new Error('connection refused');
    };
    const watches = watching(probe);
    await watches.start();
    expect(watches.away()).toEqual(['sqs: connection refused']);
    isAway = false;
    await jest.advanceTimersByTimeAsync(2_000);
    expect(watches.away()).toEqual([]);
    await watches.stop();
  });

  it('tells of one that fell silent, and its stop does not wait for it', async () => {
    let isSilent = false;
    const watches = watching(async () => (isSilent ? new Promise(() => undefined) : undefined));
    await watches.start();
    isSilent = true;
    await jest.advanceTimersByTimeAsync(6_000);
    expect(watches.away()).toEqual([expect.stringMatching(/^sqs: no answer for \d+ s$/)]);
    await watches.stop();
  });

  function watching(probe: () => Promise<unknown>): DependencyWatches {
    return new DependencyWatches({
      dependencies: [{ name: 'sqs', probe }],
      readiness: new ReadinessChecks(),
      log,
    });
  }
});
