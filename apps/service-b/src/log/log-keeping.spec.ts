import { setTimeout as delay } from 'node:timers/promises';
import type { LogRecord } from '@latido/event-commit';
import { boundedRetry } from '@latido/write-ahead-log';
import { InMemorySegmentStore, InMemoryWriterStore } from '@latido/write-ahead-log/in-memory';
import { LogKeeper } from '@latido/write-ahead-log/nest';
import { LogKeeping } from './log-keeping';

const SERVICE = 'service-b';
const ROLLBACK: LogRecord = { requestId: 'http#k', subject: 's', ifMatch: 1, toVersion: 1, lamport: 1 };
/** What somebody who has taken a slot over leaves in it. */
const SEAL = {
  service: SERVICE,
  kind: 'seal',
  epoch: 99,
  token: 'theirs',
  records: [],
  writtenAtMs: 0,
  expiresAtEpochSeconds: 0,
} as const;

function aKeeping() {
  const writers = new InMemoryWriterStore();
  const segments = new InMemorySegmentStore<LogRecord>();
  const keeper = new LogKeeper<LogRecord>({
    service: SERVICE,
    ports: {
      segments,
      writers,
      now: Date.now,
      newToken: () => crypto.randomUUID(),
      retry: boundedRetry({ delay, random: () => 0 }),
    },
    claimLifeMs: 1_000_000,
    redeliver: async () => undefined,
  });
  return { keeping: new LogKeeping(keeper, { pollers: 2 }), writers, segments };
}

describe('LogKeeping', () => {
  it('takes a slot for each poller and one for all rollbacks', async () => {
    const { keeping } = aKeeping();
    await keeping.openAll();
    expect(keeping.slots).toEqual([0, 1, 2]);
  });

  it('gives all slots back when it closes', async () => {
    const { keeping, writers } = aKeeping();
    await keeping.openAll();
    await keeping.close();
    expect((await writers.readAll(SERVICE)).map(({ state }) => state)).toEqual([
      'released',
      'released',
      'released',
    ]);
    expect(keeping.slots).toEqual([]);
  });

  it('takes another slot after one was taken over, and forgets the lost one', async () => {
    const { keeping, segments } = aKeeping();
    await keeping.openAll();
    const lost = await keeping.rollbacks.use();
    await segments.appendIfAbsent({ ...SEAL, slot: 2, number: 2 });
    expect(await lost.append([ROLLBACK])).toEqual({ outcome: 'fenced' });
    expect(await (await keeping.rollbacks.use()).append([ROLLBACK])).toMatchObject({ outcome: 'appended' });
    expect(keeping.slots).toEqual([0, 1, 3]);
  });

  it('opens nothing any more when it has closed: a slot opened then would be held by nobody', async () => {
    const { keeping } = aKeeping();
    await keeping.close();
    await expect(keeping.rollbacks.use()).rejects.toMatchObject({ code: 'not_ready' });
  });
});
