import type { Recovery } from '../core/recover-slot';
import { CLAIM_LIFE_MS, LogFixture, SERVICE } from '../testing/log-fixture';
import { LogKeeper } from './log-keeper';

describe('LogKeeper', () => {
  let log: LogFixture;
  let recoveries: Recovery[];
  let errors: unknown[];

  beforeEach(() => {
    jest.useFakeTimers();
    log = new LogFixture();
    recoveries = [];
    errors = [];
  });
  afterEach(() => jest.useRealTimers());

  const keeper = (
    pace: { readonly watchEveryMs?: number; readonly abandonedAfterMs?: number } = {},
  ): LogKeeper<string> => {
    const made = new LogKeeper<string>({
      ...pace,
      service: SERVICE,
      ports: log.ports,
      claimLifeMs: CLAIM_LIFE_MS,
      redeliver: () => Promise.resolve(),
      onRecovery: (recovery) => recoveries.push(recovery),
      onError: (error) => errors.push(error),
    });
    made.start();
    return made;
  };
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      log.nowMs += 1_000;
      await jest.advanceTimersByTimeAsync(1_000);
    }
  };

  it('moves the marks of its slots within 11 s', async () => {
    const kept = keeper();
    const writer = await kept.open();
    const append = await writer.append(['a']);
    if (append.outcome === 'appended') for (const place of append.places) writer.finish(place);
    await pass(11_000);
    expect(await log.writers.read(SERVICE, 0)).toMatchObject({ lowWater: writer.mark, state: 'held' });
    await kept.close();
  });

  it('recovers the slot of a process that died, and tells', async () => {
    const dead = await log.newWriter();
    await dead.append(['a', 'b']);
    const kept = keeper();
    await pass(200_000);
    expect(recoveries).toMatchObject([{ slot: 0, redelivered: 2 }]);
    expect(await log.writers.read(SERVICE, 0)).toMatchObject({ state: 'released' });
    await kept.close();
  });

  it('takes over sooner where it is told to', async () => {
    const dead = await log.newWriter();
    await dead.append(['a']);
    const kept = keeper({ watchEveryMs: 1_000, abandonedAfterMs: 3_000 });
    await pass(6_000);
    expect(recoveries).toMatchObject([{ slot: 0, redelivered: 1 }]);
    await kept.close();
  });

  it('leaves the slots of a living process alone', async () => {
    const [one, other] = [keeper(), keeper()];
    await one.open();
    await other.open();
    recoveries = [];
    await pass(300_000);
    expect(recoveries).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  it('gives all its slots back when it closes', async () => {
    const kept = keeper();
    await kept.open();
    await kept.open();
    await kept.close();
    const states = (await log.writers.readAll(SERVICE)).map(({ state }) => state);
    expect(states).toEqual(['released', 'released']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('keeps moving marks after a failure, and tells of it', async () => {
    const kept = keeper();
    const writer = await kept.open();
    const append = await writer.append(['a']);
    if (append.outcome === 'appended') for (const place of append.places) writer.finish(place);
    log.writerFaults.next('fails', 'fails', 'fails');
    await pass(11_000);
    expect(errors).toHaveLength(1);
    await pass(11_000);
    expect(await log.writers.read(SERVICE, 0)).toMatchObject({ lowWater: writer.mark });
    await kept.close();
  });
});
