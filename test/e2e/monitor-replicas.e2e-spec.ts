import { setTimeout as delay } from 'node:timers/promises';
import { eventually, freePort } from '@latido/testing';
import { ApiClient } from '../rig/api-client';
import { historyOf } from '../rig/liveness';
import { inScene, type Scene } from '../rig/scene';
import { ScratchSender } from '../rig/scratch-sender';

/** T: all durations of the detector are multiples of it. */
const T_MS = 1_000;
const FIVE_MINUTES_MS = 300_000;
const WITHIN = { withinMs: 20_000 };
const FLEET = ['early', 'late', 'leaver', 'victim'] as const;

describe('two replicas of the monitor', () => {
  it(
    'come to the same verdicts and write one history, whatever clocks do, and when one of them is killed beside a goodbye and a death',
    inScene({ settings: { HEARTBEAT_INTERVAL_MS: String(T_MS) } }, async (scene) => {
      const twin = await startReplicas(scene);
      const fleet = new Map(
        FLEET.map((instanceId) => [
          instanceId,
          new ScratchSender(scene, { service: 'fleet', instanceId, intervalMs: T_MS }).start(),
        ]),
      );
      try {
        for (const monitor of [scene.monitor, twin]) await untilSees(monitor, ALL_UP);
        fleet.get('early')!.wallOffsetMs = FIVE_MINUTES_MS;
        fleet.get('late')!.wallOffsetMs = -FIVE_MINUTES_MS;
        await delay(2 * T_MS);

        fleet.get('victim')!.stop();
        await fleet.get('leaver')!.leave();
        await scene.kill('heartbeat-monitor', 'SIGKILL');

        await untilSees(twin, AFTERWARDS);
        await scene.start('heartbeat-monitor');
        for (const monitor of [scene.monitor, twin]) await untilSees(monitor, AFTERWARDS);
        await eventually(
          async () => expect(await scene.metrics('heartbeat-monitor')).toMatch(WARMED_UP),
          WITHIN,
        );

        const changes = (await historyOf(scene, 'fleet')).flatMap((version) => version.changes);
        expect(changes.map(({ instanceId, to }) => `${instanceId} ${to}`).toSorted()).toEqual([
          'early up',
          'late up',
          'leaver left',
          'leaver up',
          'victim down',
          'victim up',
        ]);
      } finally {
        for (const sender of fleet.values()) sender.stop();
      }
    }),
    90_000,
  );
});

/** It said by a metric that it was warming up, and that it is over. */
const WARMED_UP =
  /^interop_monitor_blind\{reason="warming"\} 0$[^]*^interop_monitor_blind_seconds_total\{reason="warming"\} [1-9]/m;
const ALL_UP = { early: 'up', late: 'up', leaver: 'up', victim: 'up' };
const AFTERWARDS = { early: 'up', late: 'up', leaver: 'left', victim: 'down' };

/** Starts replica 0, which the scene knows, and replica 1. @returns a client of the latter. */
async function startReplicas(scene: Scene): Promise<ApiClient> {
  const port = await freePort();
  const second = await scene.spawn('heartbeat-monitor', {
    HEARTBEAT_QUEUE_ORDINAL: '1',
    PORT: String(port),
    METRICS_PORT: String(await freePort()),
  });
  await second.waitForReady();
  await scene.start('heartbeat-monitor');
  return new ApiClient(`http://127.0.0.1:${port}`, scene.envOf('heartbeat-monitor')['LOCAL_API_TOKEN'] ?? '');
}

interface ShownInstance {
  readonly instanceId: string;
  readonly state: string;
}

/** Waits until a monitor trusts its eyes, sees the fleet like this, and k is what it was. */
async function untilSees(monitor: ApiClient, states: Readonly<Record<string, string>>): Promise<void> {
  await eventually(async () => {
    expect(await monitor.read('/api/status')).toMatchObject({ blind: false });
    const instances = await monitor.readAll<ShownInstance>('/api/instances?service=fleet');
    expect(Object.fromEntries(instances.map(({ instanceId, state }) => [instanceId, state]))).toEqual(states);
    expect(await monitor.read('/api/services/fleet')).toMatchObject({
      detection: { missedBeats: 3 },
    });
  }, WITHIN);
}
