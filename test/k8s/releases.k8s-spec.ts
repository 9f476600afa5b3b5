import { existsSync } from 'node:fs';
import { kubectl } from './cluster';
import { checkPages } from './pages';
import { NAMESPACE, OTHER_NAMESPACE, Release } from './release';
import { requireExactWhile, withLocalAwsUntouched } from './traffic';
import { unless } from './where-there-is';

const PREVIOUS = 'charts/latido/previous';
/** The kind values of the previous chart gave the embedded AWS less, and it must stay as it is. */
const FROM_PREVIOUS = { chart: PREVIOUS, set: ['localAws.resources.limits.memory=1Gi'] };

/** There is none before the first release. */
const wherePrevious = unless(existsSync(`${PREVIOUS}/Chart.yaml`) ? undefined : 'no previous chart');

describe('releases', () => {
  const open: Release[] = [];
  const releaseOf = (name: string, namespace: string): Release => {
    const release = new Release(name, namespace);
    open.push(release);
    return release;
  };
  afterAll(() => {
    for (const release of open) release.close();
  });

  async function requireExactBooks(release: Release, happening: () => Promise<void>): Promise<void> {
    const books = await release.books();
    try {
      await requireExactWhile(books, happening);
    } finally {
      books.aws.close();
    }
  }

  wherePrevious.it('goes from the previous chart to this one and back under load, exactly', async () => {
    const release = releaseOf('latido', NAMESPACE);
    await release.uninstall();
    await release.install(FROM_PREVIOUS);
    await withLocalAwsUntouched(release, () =>
      requireExactBooks(release, async () => {
        await release.install();
        await release.install(FROM_PREVIOUS);
      }),
    );
  });

  it('lets two releases in one namespace and a third in another keep their own books', async () => {
    const releases = [
      releaseOf('latido', NAMESPACE),
      releaseOf('second', NAMESPACE),
      releaseOf('latido', OTHER_NAMESPACE),
    ];
    const small = ['serviceA.replicas=1', 'serviceB.replicas=1', 'heartbeatMonitor.replicas=1'];
    for (const release of releases) await release.install({ set: small });
    await Promise.all(releases.map((release) => requireExactBooks(release, async () => {})));
    for (const release of releases.slice(1)) await release.uninstall();
  });

  it('leaves nothing behind after helm uninstall, and installs again', async () => {
    const release = releaseOf('latido', NAMESPACE);
    await release.install();
    await release.uninstall();
    expect(await objectsOf(release)).toEqual([]);
    await release.install();
    await release.untilReady('service-b', 2);
  });

  checkPages();

  /** Everything of any kind in the namespace that carries the label of the release. */
  async function objectsOf({ namespace, name }: Release): Promise<readonly string[]> {
    const kinds = await kubectl('api-resources', '--namespaced', '--verbs=list,delete', '-o', 'name');
    // Those who only tell of others go by themselves.
    const owned = kinds
      .trim()
      .split('\n')
      .filter((kind) => !/^events|\.metrics\.k8s\.io$/.test(kind));
    const found = await kubectl(
      'get',
      owned.join(','),
      '-n',
      namespace,
      '-l',
      `app.kubernetes.io/instance=${name}`,
      '-o',
      'name',
      '--ignore-not-found',
    );
    return found
      .trim()
      .split('\n')
      .filter((line) => line !== '');
  }
});
