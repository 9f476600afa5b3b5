import { eventually } from '@latido/testing';
import type { ApiClient } from '../rig/api-client';
import { killPod, kubectl } from './cluster';
import { Permit } from './faults';
import { COMPONENTS, NAMESPACE, Release } from './release';
import { whereThereIs } from './where-there-is';

/** By the heartbeats alone a death takes 30 s and more. */
const WITNESSED_WITHIN_MS = 5_000;
const HEALTHY_WITHIN_MS = 120_000;
/** Endpoints forget it, what it works on is finished, its goodbye arrives. */
const LEAVES_WITHIN_MS = 60_000;
const PORT = 3_003;

describe('witness', () => {
  const permit = new Permit('serviceB');
  let release: Release;
  let monitors: readonly ApiClient[];

  beforeAll(async () => {
    await permit.give();
    release = await Release.settled(['heartbeatMonitor.witness.enabled=true', ...permit.values]);
    const pods = await release.readyPods('heartbeat-monitor');
    monitors = await Promise.all(pods.map(({ metadata }) => release.clientOfPod(metadata.name, PORT)));
  });
  afterAll(() => release.close());

  it('has both replicas of the monitor agree', async () => {
    await eventually(
      async () => {
        // One that has just started holds its verdicts, whoever is its witness.
        for (const monitor of monitors)
          expect(await monitor.read('/api/status')).toMatchObject({ blind: false });
        const [one, other] = await Promise.all(monitors.map((monitor) => verdicts(monitor)));
        expect(one).toEqual(COMPONENTS.map((service) => `${service} up`).toSorted());
        expect(other).toEqual(one);
      },
      { withinMs: HEALTHY_WITHIN_MS },
    );
  });

  it('sees within 5 s that a pod was told to end, which then leaves', async () => {
    const [pod] = await release.readyPods('service-b');
    const { name, uid } = pod!.metadata;
    await kubectl('delete', 'pod', name, '-n', NAMESPACE, '--wait=false');
    await untilSeen(uid, { pod: 'leaving' });
    await untilSeen(uid, { state: 'left' }, { withinMs: LEAVES_WITHIN_MS });
    await release.untilReady('service-b', 2);
  });

  it('sees within 5 s that a pod was deleted without a word', async () => {
    const [pod] = await release.readyPods('service-b');
    const { name, uid } = pod!.metadata;
    await kubectl('delete', 'pod', name, '-n', NAMESPACE, '--force', '--grace-period=0', '--wait=false');
    await untilSeen(uid, { state: expect.stringMatching(/^(left|down)$/) });
    await release.untilReady('service-b', 2);
  });

  whereThereIs('kill').it(
    'sees a pod down within 5 s of the exit of its container, which cannot start again',
    async () => {
      const [pod] = await release.readyPods('service-b');
      await permit.take();
      try {
        await killPod(NAMESPACE, pod!.metadata.name);
        await untilSeen(pod!.metadata.uid, { state: 'down' });
      } finally {
        await permit.give();
      }
      await release.untilReady('service-b', 2);
    },
  );

  /** By every replica of the monitor. */
  async function untilSeen(
    instanceId: string,
    expected: { readonly state?: string; readonly pod?: string },
    { withinMs } = { withinMs: WITNESSED_WITHIN_MS },
  ): Promise<void> {
    await Promise.all(
      monitors.map((monitor) =>
        eventually(
          async () => {
            const all = await monitor.readAll<Instance>('/api/instances?service=service-b');
            expect(all.find((one) => one.instanceId === instanceId)).toMatchObject(expected);
          },
          { withinMs },
        ),
      ),
    );
  }
});

interface Instance {
  readonly instanceId: string;
  readonly state: string;
  readonly pod: string | null;
}

async function verdicts(monitor: ApiClient): Promise<readonly string[]> {
  const services = await monitor.readAll<{ readonly service: string; readonly verdict: string }>(
    '/api/services',
  );
  return services.map(({ service, verdict }) => `${service} ${verdict}`).toSorted();
}
