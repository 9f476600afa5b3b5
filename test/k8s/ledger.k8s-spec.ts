import { eventually } from '@latido/testing';
import { helm, killPod, kubectl } from './cluster';
import { checkPages } from './pages';
import { COMPONENTS, NAMESPACE, NEXT, NOW } from './release';
import { settledScene } from './traffic';
import { whereThereIs } from './where-there-is';

describe('ledger', () => {
  const scene = settledScene();
  const { isExactWhile } = scene;

  it(
    'is exact for 1,000 events, 10 % sent twice: each exactly one version, receipts settled',
    isExactWhile(async () => {}),
  );

  it(
    'is exact while service-b is scaled 1 -> 4 -> 1',
    isExactWhile(async () => {
      for (const replicas of [1, 4, 1]) {
        await scene.release.scale('service-b', replicas);
        await scene.release.untilReady('service-b', replicas);
      }
      await scene.release.scale('service-b', 2);
      await scene.release.untilReady('service-b', 2);
    }),
  );

  whereThereIs('kill').it(
    'is exact while a container of each app is killed by SIGKILL and a pod of each is deleted by force',
    isExactWhile(async () => {
      for (const component of COMPONENTS) {
        const before = (await scene.release.readyPods(component)).length;
        const [crashed, deleted] = await scene.release.readyPods(component);
        await killPod(NAMESPACE, crashed!.metadata.name);
        await kubectl(
          'delete',
          'pod',
          (deleted ?? crashed)!.metadata.name,
          '-n',
          NAMESPACE,
          '--force',
          '--grace-period=0',
        );
        await scene.release.untilReady(component, before);
      }
    }),
  );

  it(
    'is exact during helm upgrade to a changed app image',
    isExactWhile(async () => {
      await scene.release.install({ tag: NEXT });
      await requireVersion(NEXT);
    }),
  );

  it(
    'is exact during helm rollback',
    isExactWhile(async () => {
      await helm('rollback', scene.release.name, '-n', NAMESPACE, '--wait', '--timeout', '5m');
      await requireVersion(NOW);
    }),
  );

  checkPages();

  async function requireVersion(version: string): Promise<void> {
    for (const component of COMPONENTS) {
      await scene.release.untilRolledOut(component);
      const client = await scene.release.client(component);
      await scene.release.untilReady(component, 2);
      const { version: running } = await eventually(
        () => client.read<{ readonly version: string }>('/info'),
        {
          withinMs: 30_000,
        },
      );
      expect([component, running]).toEqual([component, version]);
    }
  }
});
