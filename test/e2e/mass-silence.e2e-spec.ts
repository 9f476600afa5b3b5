import { join } from 'node:path';
import { aHeartbeat } from '@latido/heartbeat/testing';
import { eventually, repositoryRoot, RunningProcess } from '@latido/testing';
import { serviceNow } from '../rig/liveness';
import { inScene, type Scene } from '../rig/scene';

/** T: all durations of the detector are multiples of it. */
const T_MS = 2_000;
const MEMBERS = 20;
const WITHIN = { withinMs: 60_000 };

describe('a fleet of which many die at once, without a second witness', () => {
  it(
    'raises mass silence and is declared dead as one alone is; the monitor does not call itself blind',
    inScene({ settings: { HEARTBEAT_INTERVAL_MS: String(T_MS) } }, async (scene) => {
      const fleet = Array.from({ length: MEMBERS }, (_, n) => startInstance(scene, n));
      try {
        await scene.start('heartbeat-monitor');
        await eventually(async () => expect(await serviceNow(scene, 'fleet')).toMatchObject(ALL_UP), WITHIN);
        await eventually(async () => expect(await blindReasons(scene)).toEqual([]), WITHIN);
        const watch = new Watch(scene);

        await killAll(fleet.splice(0, 5));
        await watch.until(async () => (await serviceNow(scene, 'fleet')).instances['down'] === 5);
        expect(await serviceNow(scene, 'fleet')).toMatchObject({ verdict: 'degraded', alive: MEMBERS - 5 });
        expect(watch.sawMassSilence).toBe(true);

        await killAll(fleet.splice(0));
        await watch.until(async () => (await serviceNow(scene, 'fleet')).verdict === 'down');
        expect(await serviceNow(scene, 'fleet')).toMatchObject({ alive: 0, instances: { down: MEMBERS } });
        expect([...watch.blindReasons]).toEqual([]);
      } finally {
        await killAll(fleet);
      }
    }),
    180_000,
  );
});

const ALL_UP = { verdict: 'up', alive: MEMBERS };

function startInstance(scene: Scene, n: number): RunningProcess {
  const heartbeat = aHeartbeat({ service: 'fleet', instanceId: `fleet-${n}`, intervalMs: T_MS });
  const request = {
    endpoint: scene.endpoints['AWS_ENDPOINT_URL_SNS'],
    topicArn: scene.names.topicArn('heartbeats'),
    type: 'latido.heartbeat.v1',
    heartbeat,
  };
  const script = join(repositoryRoot(), 'test/rig/one-instance.cjs');
  return new RunningProcess({ script, args: [JSON.stringify(request)] });
}

async function killAll(processes: readonly RunningProcess[]): Promise<void> {
  await Promise.all(processes.map((each) => each.kill('SIGKILL')));
}

/** Looks at the metrics while something is waited for, as a scrape does. */
class Watch {
  sawMassSilence = false;
  readonly blindReasons = new Set<string>();

  constructor(private readonly scene: Scene) {}

  async until(condition: () => Promise<boolean>): Promise<void> {
    await eventually(async () => {
      const page = await this.scene.metrics('heartbeat-monitor');
      this.sawMassSilence ||= /^interop_mass_silence 1$/m.test(page);
      for (const reason of reasonsIn(page)) this.blindReasons.add(reason);
      expect(await condition()).toBe(true);
    }, WITHIN);
  }
}

async function blindReasons(scene: Scene): Promise<readonly string[]> {
  return reasonsIn(await scene.metrics('heartbeat-monitor'));
}

/** Why the monitor is blind. Not counted: its own event loop, which stands still when a machine has too much to do. */
function reasonsIn(page: string): readonly string[] {
  const blind = [...page.matchAll(/^interop_monitor_blind\{reason="(\w+)"\} 1$/gm)];
  return blind.flatMap(([, reason = '']) => (reason === 'loop_stall' ? [] : [reason]));
}
