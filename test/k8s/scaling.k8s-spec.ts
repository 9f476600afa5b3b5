import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@latido/testing';
import { requireExactLedger } from '../rig/ledger';
import { kubectl } from './cluster';
import { checkPages } from './pages';
import { NAMESPACE } from './release';
import { settledScene, trafficWhile, untilAllSettled } from './traffic';
import { whereThereIs } from './where-there-is';

const MIN = 2;
const MAX = 4;
const SCALES_WITHIN_MS = 240_000;
const LOOK_EVERY_MS = 500;

describe('scaling', () => {
  const scene = settledScene();

  whereThereIs('metrics').describe('HorizontalPodAutoscaler', () => {
    it('scales service-b out by CPU under load and back in, without loss', async () => {
      const fewest = await fewestReplicasWhile(() => scene.release.install({ set: HPA }));
      expect(fewest).toBeGreaterThanOrEqual(MIN);
      const accepted = await trafficWhile(scene.books, () => untilReplicas((count) => count > MIN));
      await untilAllSettled(scene.books, accepted);
      await untilReplicas((count) => count === MIN);
      await scene.release.untilReady('service-b', MIN);
      await requireExactLedger(scene.books, accepted);
    });
  });

  whereThereIs('keda').describe('KEDA', () => {
    it('scales service-b out by the length of its queue and back in, without loss', async () => {
      // In manual mode nothing is consumed: the queue grows for certain.
      const manual = [...KEDA, 'serviceB.config.CONSUMER_MODE=manual'];
      const fewest = await fewestReplicasWhile(() => scene.release.install({ set: manual }));
      expect(fewest).toBeGreaterThanOrEqual(MIN);
      await scene.release.untilRolledOut('service-b');
      const accepted = await trafficWhile(scene.books, async () => {});
      await untilReplicas((count) => count === MAX);
      await scene.release.install({ set: KEDA });
      await untilAllSettled(scene.books, accepted);
      await untilReplicas((count) => count === MIN);
      await scene.release.untilReady('service-b', MIN);
      await requireExactLedger(scene.books, accepted);
    });
  });

  checkPages();

  async function replicas(): Promise<number> {
    const name = `deployment/${scene.release.object('service-b')}`;
    return Number(await kubectl('get', name, '-n', NAMESPACE, '-o', 'jsonpath={.spec.replicas}'));
  }

  async function untilReplicas(fit: (count: number) => boolean): Promise<void> {
    await eventually(
      async () => {
        const count = await replicas();
        if (!fit(count)) throw new Error(`service-b is still meant to have ${count} pods`);
      },
      { withinMs: SCALES_WITHIN_MS },
    );
  }

  /** The fewest pods service-b was meant to have at any look while something was done. */
  async function fewestReplicasWhile(done: () => Promise<void>): Promise<number> {
    const seen = [await replicas()];
    const over = new AbortController();
    const story = done().finally(() => over.abort());
    while (!over.signal.aborted) {
      seen.push(await replicas());
      await delay(LOOK_EVERY_MS);
    }
    await story;
    return Math.min(...seen);
  }
});

const HPA_VALUES = 'serviceB.autoscaling.hpa';
const KEDA_VALUES = 'serviceB.autoscaling.keda';

/** Idle it uses a tenth of this, under load several times as much; and it comes back in seconds, not in minutes. */
const HPA = [
  'serviceB.resources.requests.cpu=100m',
  `${HPA_VALUES}.enabled=true`,
  `${HPA_VALUES}.minReplicas=${MIN}`,
  `${HPA_VALUES}.maxReplicas=${MAX}`,
  `${HPA_VALUES}.targetCpuPercent=70`,
  `${HPA_VALUES}.behavior.scaleDown.stabilizationWindowSeconds=15`,
];

const KEDA = [
  `${KEDA_VALUES}.enabled=true`,
  `${KEDA_VALUES}.minReplicas=${MIN}`,
  `${KEDA_VALUES}.maxReplicas=${MAX}`,
  `${KEDA_VALUES}.messagesPerReplica=50`,
  `${KEDA_VALUES}.pollingIntervalSeconds=5`,
  `${KEDA_VALUES}.cooldownSeconds=15`,
  `${KEDA_VALUES}.behavior.scaleDown.stabilizationWindowSeconds=15`,
];
