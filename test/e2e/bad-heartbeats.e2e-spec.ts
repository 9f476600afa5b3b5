import type { Heartbeat } from '@latido/heartbeat';
import { aHeartbeat } from '@latido/heartbeat/testing';
import type { OutgoingMessage } from '@latido/messaging';
import { eventually } from '@latido/testing';
import { plainText } from '../rig/foreign-event';
import { heartbeatEvent } from '../rig/heartbeat-event';
import { historyOf, serviceNow } from '../rig/liveness';
import { QueueDesk } from '../rig/queue-desk';
import { Scene } from '../rig/scene';
import { ScratchSender } from '../rig/scratch-sender';

const T_MS = 2_000;
const WITHIN = { withinMs: 30_000 };
const BURST = 10_000;
/** Who sends a burst asks several times at once. */
const LANES = 4;
/** The queue hands out ten at a time, on a machine that has other work. */
const BURST_WITHIN = { withinMs: 120_000 };
const MEBIBYTE = 1_048_576;

const stranger = (change: Partial<Heartbeat> = {}): Heartbeat =>
  aHeartbeat({ service: 'stranger', instanceId: 'stranger-0', intervalMs: T_MS, ...change });
const beat = (change: Partial<Heartbeat> = {}): OutgoingMessage => heartbeatEvent(stranger(change));

/** Of an earlier start than that of its owner. */
const STOLEN = { service: 'shop', instanceId: 'shop-0', incarnation: { epoch: 1, token: 'thief' } };

const BAD: readonly {
  readonly what: string;
  readonly messages: readonly OutgoingMessage[];
  readonly service: string;
  readonly result: string;
  /** How many of the messages have this result. */
  readonly times: number;
}[] = [
  {
    what: 'a text that is no JSON',
    messages: [plainText('{"specversion":')],
    service: '_unknown',
    result: 'malformed',
    times: 1,
  },
  {
    what: 'a heartbeat that lacks a field',
    messages: [heartbeatEvent(stranger(), { data: { service: 'stranger' } })],
    service: '_unknown',
    result: 'malformed',
    times: 1,
  },
  {
    what: 'a name that would forge a line of the metrics',
    messages: [beat({ service: 'x"} 1\ninterop_mass_silence 1\n#' })],
    service: '_unknown',
    result: 'malformed',
    times: 1,
  },
  {
    what: 'an event of another type',
    messages: [heartbeatEvent(stranger(), { type: 'latido.state.changed.v1' })],
    service: '_unknown',
    result: 'unknown_type',
    times: 1,
  },
  {
    what: 'a message that is too large',
    messages: [plainText('x'.repeat(100_000))],
    service: '_unknown',
    result: 'too_large',
    times: 1,
  },
  {
    what: 'a heartbeat from the year 2099',
    messages: [beat({ service: 'prophet', sentAtMs: Date.UTC(2099, 0, 1) })],
    service: 'prophet',
    result: 'accepted',
    times: 1,
  },
  {
    what: 'a heartbeat that is replayed twice',
    messages: [beat(), beat(), beat()],
    service: 'stranger',
    result: 'duplicate',
    times: 2,
  },
  {
    what: 'a heartbeat and a goodbye under the instance id of another, of a lower incarnation',
    messages: (['up', 'goodbye'] as const).map((state, n) =>
      beat({ ...STOLEN, state, seq: 1_000_000 + n, sentAtMs: Date.now() + 60_000 }),
    ),
    service: 'shop',
    result: 'stale',
    times: 2,
  },
];

describe('heartbeats that should not be', () => {
  let scene: Scene;
  let desk: QueueDesk;
  const shop: ScratchSender[] = [];

  beforeAll(async () => {
    scene = await Scene.open({ settings: { HEARTBEAT_INTERVAL_MS: String(T_MS) } });
    desk = new QueueDesk(scene.aws);
    await scene.start('heartbeat-monitor');
    for (const instanceId of ['shop-0', 'shop-1'])
      shop.push(new ScratchSender(scene, { service: 'shop', instanceId, intervalMs: T_MS }).start());
    await untilShopIsSeen(scene);
  }, 60_000);
  afterAll(async () => {
    for (const sender of shop) sender.stop();
    await scene.close();
  });

  it.each(BAD)('are counted: $what', async ({ messages, service, result, times }) => {
    await scene.tell(async () => {
      const before = await counted(scene, { service, result });
      await desk.publish(scene.names.topicArn('heartbeats'), messages);
      await eventually(async () => {
        expect(await counted(scene, { service, result })).toBe(before + times);
      }, WITHIN);
    });
  });

  it('are bounded: ten thousand at once of one sender are all counted and take no memory', async () => {
    await scene.tell(async () => {
      const before = await residentBytes(scene);
      await publishBurst(scene, desk);
      await eventually(async () => {
        expect(await counted(scene, { service: 'flood' })).toBeGreaterThanOrEqual(BURST);
      }, BURST_WITHIN);
      expect(await scene.monitor.readAll('/api/instances?service=flood')).toHaveLength(1);
      expect((await residentBytes(scene)) - before).toBeLessThan(150 * MEBIBYTE);
    });
  }, 180_000);

  it('change no verdict of others', async () => {
    await scene.tell(async () => {
      await untilShopIsSeen(scene);
      const changes = (await historyOf(scene, 'shop')).flatMap((version) => version.changes);
      expect(changes.map(({ instanceId, to }) => `${instanceId} ${to}`).toSorted()).toEqual([
        'shop-0 up',
        'shop-1 up',
      ]);
    });
  });
});

/** Waits until the monitor is not blind and sees both of them. */
async function untilShopIsSeen(scene: Scene): Promise<void> {
  await eventually(async () => {
    expect(await scene.monitor.read('/api/status')).toMatchObject({ blind: false });
    expect(await serviceNow(scene, 'shop')).toMatchObject({ verdict: 'up', alive: 2 });
  }, WITHIN);
}

async function publishBurst(scene: Scene, desk: QueueDesk): Promise<void> {
  const startedAtMs = Date.now();
  const burst = Array.from({ length: BURST }, (_, n) =>
    beat({ service: 'flood', instanceId: 'flood-0', seq: n + 1, sentAtMs: startedAtMs + n, uptimeMs: n }),
  );
  const lanes = Array.from({ length: LANES }, (_, lane) => burst.filter((_beat, n) => n % LANES === lane));
  const topicArn = scene.names.topicArn('heartbeats');
  await Promise.all(lanes.map(async (lane) => desk.publish(topicArn, lane)));
}

/** What the monitor has counted of a service, with one result or with any. */
async function counted(
  scene: Scene,
  { service, result = '\\w+' }: { readonly service: string; readonly result?: string },
): Promise<number> {
  const series = new RegExp(
    `^interop_heartbeats_received_total\\{service="${service}",result="${result}"\\} (\\d+)`,
    'gm',
  );
  const page = await scene.metrics('heartbeat-monitor');
  return [...page.matchAll(series)].reduce((sum, [, count]) => sum + Number(count), 0);
}

async function residentBytes(scene: Scene): Promise<number> {
  const page = await scene.metrics('heartbeat-monitor');
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(page)?.[1]);
}
