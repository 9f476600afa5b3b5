import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@latido/testing';
import { type Books, requireExactLedger } from '../rig/ledger';
import { kubectl } from './cluster';
import { NAMESPACE, Release, whereThereIs } from './release';
import { trafficWhile, untilAllSettled } from './traffic';

const MIN = 2;
const MAX = 4;
const SCALES_WITHIN_MS = 240_000;
const LOOK_EVERY_MS = 500;

describe('scaling', () => {
  let release: Release;
  let books: Books;
  beforeAll(async () => {
    release = await Release.settled();
    books = await release.books();
  });
  afterAll(async () => {
    // The defaults come back: whoever runs next finds two of everything.
    await release.install();
    await release.scale('service-b', 2);
    books.aws.close();
    release.close();
  });

  whereThereIs('metrics')('HorizontalPodAutoscaler', () => {
    it('scales service-b out by CPU under load and back in, without loss', async () => {
      const fewest = await fewestReplicasWhile(() => release.install({ set: HPA }));
      expect(fewest).toBeGreaterThanOrEqual(MIN);
      const accepted = await trafficWhile(books, () => untilReplicas((count) => count > MIN));
      await untilAllSettled(books, accepted);
      await untilReplicas((count) => count === MIN);
      await release.untilReady('service-b', MIN);
      await requireExactLedger(books, accepted);
    });
  });

  whereThereIs('keda')('KEDA', () => {
    it('scales service-b out by the length of its queue and back in, without loss', async () => {
      // In manual mode nothing is consumed: the queue grows for certain.
      const manual = [...KEDA, 'serviceB.config.CONSUMER_MODE=manual'];
      const fewest = await fewestReplicasWhile(() => release.install({ set: manual }));
      expect(fewest).toBeGreaterThanOrEqual(MIN);
      await release.untilRolledOut('service-b');
      const accepted = await trafficWhile(books, async () => {});
      await untilReplicas((count) => count === MAX);
      await release.install({ set: KEDA });
      await untilAllSettled(books, accepted);
      await untilReplicas((count) => count === MIN);
      await release.untilReady('service-b', MIN);
      await requireExactLedger(books, accepted);
    });
  });

  async function replicas(): Promise<number> {
    const name = `deployment/${release.object('service-b')}`;
    return Number(await kubectl('get', name, '-n', NAMESPACE, '-o', 'jsonpath={.spec.replicas}'));
  }

  async function untilReplicas(fit: (count: number) => boolean): Promise<void> {
    await eventually(
      async () => {
        const count = await replicas();
        if (!fit(count)) throw new Error(`service-b is meant to have ${count} pods`);
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
];
