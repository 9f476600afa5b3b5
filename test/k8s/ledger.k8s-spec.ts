import { eventually } from '@latido/testing';
import type { Books } from '../rig/ledger';
import { helm, killPod, kubectl } from './cluster';
import { COMPONENTS, NAMESPACE, NEXT, Release } from './release';
import { requireExactWhile, withLocalAwsUntouched } from './traffic';

describe('ledger', () => {
  let release: Release;
  let books: Books;
  beforeAll(async () => {
    release = await Release.settled();
    books = await release.books();
  });
  afterAll(() => {
    books.aws.close();
    release.close();
  });

  /** 1,000 events, a tenth twice, while something happens; then 0 lost, 0 doubled, 0 dead-lettered. */
  const isExactWhile = (happening: () => Promise<void>) => () =>
    withLocalAwsUntouched(release, () => requireExactWhile(books, happening));

  it(
    'is exact for 1,000 events, 10 % sent twice: each exactly one version, receipts settled',
    isExactWhile(async () => {}),
  );

  it(
    'is exact while service-b is scaled 1 -> 4 -> 1',
    isExactWhile(async () => {
      for (const replicas of [1, 4, 1]) {
        await release.scale('service-b', replicas);
        await release.untilReady('service-b', replicas);
      }
      await release.scale('service-b', 2);
      await release.untilReady('service-b', 2);
    }),
  );

  it(
    'is exact while a container of each app is killed by SIGKILL and a pod of each is deleted by force',
    isExactWhile(async () => {
      for (const component of COMPONENTS) {
        const before = (await release.readyPods(component)).length;
        const [crashed, deleted] = await release.readyPods(component);
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
        await release.untilReady(component, before);
      }
    }),
  );

  it(
    'is exact during helm upgrade to a changed app image',
    isExactWhile(async () => {
      await release.install({ tag: NEXT });
      await requireVersion(NEXT);
    }),
  );

  it(
    'is exact during helm rollback',
    isExactWhile(async () => {
      await helm('rollback', release.name, '-n', NAMESPACE, '--wait', '--timeout', '5m');
      await requireVersion('k8s-test');
    }),
  );

  async function requireVersion(version: string): Promise<void> {
    for (const component of COMPONENTS) {
      await release.untilRolledOut(component);
      const client = await release.client(component);
      await release.untilReady(component, 2);
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
