import { readdirSync } from 'node:fs';
import { helm, type KubeObject, list, withInput } from './cluster';
import { COMPONENTS, NAMESPACE, NOW, Release } from './release';

const INSTALL_WITHIN_MS = 30_000;

describe('install', () => {
  const release = new Release('latido', NAMESPACE);
  afterAll(() => release.close());

  it('installs the kind values in under 30 s where Pod Security restricted is enforced', async () => {
    await release.uninstall();
    const startedAtMs = performance.now();
    await release.install();
    expect(performance.now() - startedAtMs).toBeLessThan(INSTALL_WITHIN_MS);
  });

  it.each([...COMPONENTS, 'local-aws'])(
    'runs %s as a high user, read-only, without capabilities',
    async (app) => {
      const pods = await list<PodWithSecurity>('pods', NAMESPACE, release.selector(app));
      expect(pods.length).toBeGreaterThan(0);
      for (const { spec } of pods) {
        expect(spec.securityContext.runAsUser).toBeGreaterThanOrEqual(10_000);
        for (const { securityContext } of spec.containers)
          expect(securityContext).toMatchObject({
            readOnlyRootFilesystem: true,
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          });
      }
    },
  );

  it('passes helm test', async () => {
    expect(await helm('test', release.name, '-n', NAMESPACE, '--timeout', '5m')).toMatch(/Succeeded/);
  });

  it.each(valuesFiles())(
    'has every object of %s accepted by the server, strictly and without a warning',
    async (file) => {
      const set = ['--set', `image.tag=${NOW}`];
      const manifests = await helm(
        'template',
        'strict',
        'charts/latido',
        '-n',
        NAMESPACE,
        '-f',
        `charts/latido/${file}`,
        ...set,
      );
      await withInput(
        [
          'apply',
          '-n',
          NAMESPACE,
          '-f',
          '-',
          '--dry-run=server',
          '--validate=strict',
          '--warnings-as-errors',
        ],
        manifests,
      );
    },
  );
});

interface PodWithSecurity extends KubeObject {
  readonly spec: {
    readonly securityContext: { readonly runAsUser: number };
    readonly containers: readonly { readonly securityContext: object }[];
  };
}

function valuesFiles(): readonly string[] {
  return readdirSync('charts/latido').filter((name) => /^values-.*\.yaml$/.test(name));
}
