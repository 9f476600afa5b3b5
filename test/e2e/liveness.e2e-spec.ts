import { eventually } from '@latido/testing';
import { deaths, historyOf, type ServiceHistory, serviceNow, untilVerdict } from '../rig/liveness';
import { inScene, type Scene } from '../rig/scene';

/** T: all durations of the detector are multiples of it. */
const T_MS = 2_000;
const SETTINGS = { HEARTBEAT_INTERVAL_MS: String(T_MS) };

/**
 * From the death to the verdict: silence must exceed (k + 0.5) T with k = 3, is measured against a watermark that is up to
 * T / 2 behind (the canary's period), and is looked at every T / 10: 4.1 T. Another 0.4 T for a machine that is busy.
 */
const DOWN_WITHIN_MS = 4.5 * T_MS;
/** Goodbye is the last but two of what a process does when it stops, so `left` is on record when it has ended, or soon. */
const LEFT_WITHIN_MS = 2_000;

describe('the monitor', () => {
  it(
    'says left after SIGTERM, down within its budget after kill -9, up after each restart, and puts all of it on record',
    inScene({ settings: SETTINGS }, async (scene) => {
      await scene.start('service-a', 'service-b', 'heartbeat-monitor');
      await untilVerdict(scene, 'service-a', 'up');
      await untilVerdict(scene, 'service-b', 'up');
      await eventually(async () => expect(await blind(scene)).toBe(false), { withinMs: 10 * T_MS });

      const stoppedAtMs = await endServiceA(scene, 'SIGTERM');
      await recorded(scene, {
        to: 'left',
        reason: 'goodbye',
        afterMs: stoppedAtMs,
        withinMs: LEFT_WITHIN_MS,
      });
      await scene.start('service-a');
      await untilVerdict(scene, 'service-a', 'up');

      const killedAtMs = await endServiceA(scene, 'SIGKILL');
      await recorded(scene, { to: 'down', reason: 'silence', afterMs: killedAtMs, withinMs: DOWN_WITHIN_MS });
      expect((await serviceNow(scene, 'service-a')).instances).toMatchObject({ down: 1, left: 1 });
      expect(await deaths(scene)).toBe(1);
      await scene.start('service-a');
      await eventually(async () => expect((await serviceNow(scene, 'service-a')).alive).toBe(1), {
        withinMs: 2 * T_MS,
      });

      const history = await historyOf(scene, 'service-a');
      expect(history.map(({ version }) => version)).toEqual(history.map((_, place) => place + 1));
      expect(history.flatMap(({ changes }) => changes.map(({ to }) => to))).toEqual([
        'up',
        'left',
        'up',
        'down',
        'up',
      ]);
      const others = [
        ...(await historyOf(scene, 'service-b')),
        ...(await historyOf(scene, 'heartbeat-monitor')),
      ];
      expect(others.flatMap(({ changes }) => changes.map(({ to }) => to))).toEqual(['up', 'up']);
    }),
    90_000,
  );
});

/** Ends service-a. @returns when it had ended, in milliseconds since 1970. */
async function endServiceA(scene: Scene, signal: NodeJS.Signals): Promise<number> {
  await scene.kill('service-a', signal);
  return Date.now();
}

/** Waits until the newest change on record is this one, and holds it to the time it may take. */
async function recorded(
  scene: Scene,
  expected: {
    readonly to: string;
    readonly reason: string;
    readonly afterMs: number;
    readonly withinMs: number;
  },
): Promise<void> {
  const { to, reason, afterMs, withinMs } = expected;
  const change = await eventually(
    async () => {
      const newest = newestChange(await historyOf(scene, 'service-a'));
      expect(newest).toMatchObject({ to, reason });
      return newest;
    },
    { withinMs: 2 * withinMs + 5_000 },
  );
  expect(Date.parse(change?.at ?? '') - afterMs).toBeLessThanOrEqual(withinMs);
}

function newestChange(history: ServiceHistory) {
  return history.at(-1)?.changes.at(-1);
}

async function blind(scene: Scene): Promise<boolean> {
  return (await scene.monitor.read<{ readonly blind: boolean }>('/api/status')).blind;
}
