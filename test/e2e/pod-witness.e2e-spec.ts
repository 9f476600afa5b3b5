import { eventually } from '@latido/testing';
import { FakeKubernetes } from '../rig/fake-kubernetes';
import { historyOf } from '../rig/liveness';
import { inScene, type Scene } from '../rig/scene';
import { ScratchSender } from '../rig/scratch-sender';

/** Silence alone takes 3.5 T, so what comes sooner came from Kubernetes; the reasons on record say so too. */
const T_MS = 3_000;
const WITHIN = { withinMs: 30_000 };
/** As long as the UID of a pod; what it is about stands at its end. */
const uidOf = (name: string) => `0b7c1c9e-2f35-4f1f-9f51-00000000${name}`;

describe('the second witness', () => {
  let kubernetes: FakeKubernetes;

  beforeAll(async () => {
    kubernetes = await FakeKubernetes.start();
  });
  afterAll(async () => kubernetes.close());

  it('shortens what silence would find out, tells who cannot talk, and is not missed when it is gone', async () => {
    const settings = {
      HEARTBEAT_INTERVAL_MS: String(T_MS),
      POD_WITNESS: 'kubernetes',
      KUBECONFIG: kubernetes.kubeconfig,
    };
    await inScene({ settings }, async (scene) => {
      const names = ['kill', 'exit', 'hush', 'miss', 'last', 'stay'];
      const fleet = new Map(names.map((name) => [name, senderOf(scene, name)]));
      try {
        kubernetes.put(...names.map(podOf), { ...podOf('wait'), ready: false });
        await scene.start('heartbeat-monitor');
        await sees(scene, Object.fromEntries([...names.map((name) => [name, 'up']), ['wait', 'unknown']]));
        expect(await scene.monitor.read('/api/services/fleet')).toMatchObject({ expected: 7 });
        await untilSeeing(scene);

        fleet.get('kill')!.stop();
        kubernetes.delete(uidOf('kill'));
        fleet.get('exit')!.stop();
        kubernetes.put({ ...podOf('exit'), exited: true });
        fleet.get('hush')!.stop();
        await sees(scene, { kill: 'down', exit: 'down', hush: 'mute', wait: 'unknown' });

        fleet.get('miss')!.stop();
        kubernetes.forgetWhatHappens(() => kubernetes.delete(uidOf('miss')));
        await sees(scene, { miss: 'down' });
        expect(await witness(scene)).toEqual({ connected: 1, losses: 0 });

        await kubernetes.leave();
        await eventually(
          async () => expect(await witness(scene)).toEqual({ connected: 0, losses: 1 }),
          WITHIN,
        );
        fleet.get('last')!.stop();
        await sees(scene, { hush: 'down', last: 'down', stay: 'up', wait: undefined });

        await kubernetes.listen();
        await eventually(
          async () => expect(await witness(scene)).toEqual({ connected: 1, losses: 1 }),
          WITHIN,
        );
        expect(await downReasons(scene)).toEqual({
          kill: 'pod_deleted',
          exit: 'pod_exited',
          hush: 'silence',
          miss: 'pod_deleted',
          last: 'silence',
        });
        expect([...kubernetes.asked]).toEqual(['GET /api/v1/namespaces/shop/pods']);
        expect([...kubernetes.selectors].join()).toContain('service-a,service-b,heartbeat-monitor');
      } finally {
        for (const sender of fleet.values()) sender.stop();
      }
    })();
  }, 150_000);

  function podOf(name: string) {
    return { uid: uidOf(name), service: 'fleet' };
  }

  function senderOf(scene: Scene, name: string): ScratchSender {
    return new ScratchSender(scene, { service: 'fleet', instanceId: uidOf(name), intervalMs: T_MS }).start();
  }
});

/** Waits until the monitor shows these instances so; undefined is not there. */
async function sees(scene: Scene, states: Readonly<Record<string, string | undefined>>): Promise<void> {
  await eventually(async () => {
    const shown = await scene.monitor.readAll<{ readonly instanceId: string; readonly state: string }>(
      '/api/instances?service=fleet',
    );
    const found = Object.keys(states).map((name) => [
      name,
      shown.find(({ instanceId }) => instanceId === uidOf(name))?.state,
    ]);
    expect(Object.fromEntries(found)).toEqual(states);
  }, WITHIN);
}

async function untilSeeing(scene: Scene): Promise<void> {
  await eventually(
    async () => expect(await scene.monitor.read('/api/status')).toMatchObject({ blind: false }),
    WITHIN,
  );
}

async function witness(scene: Scene) {
  const page = await scene.metrics('heartbeat-monitor');
  const valueOf = (name: string) =>
    Number(new RegExp(`^${name}\\{witness="kubernetes"\\} (\\S+)`, 'm').exec(page)?.[1]);
  return { connected: valueOf('interop_witness_connected'), losses: valueOf('interop_witness_losses_total') };
}

/** Why each was declared down, by the record. */
async function downReasons(scene: Scene): Promise<Readonly<Record<string, string>>> {
  const changes = (await historyOf(scene, 'fleet')).flatMap((version) => version.changes);
  const downs = changes.filter(({ to }) => to === 'down');
  return Object.fromEntries(downs.map(({ instanceId, reason }) => [instanceId.slice(-4), reason]));
}
