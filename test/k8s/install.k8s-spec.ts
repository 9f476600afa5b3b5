import { readdirSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { apply, helm, type KubeObject, kubectl, list } from './cluster';
import { COMPONENTS, NAMESPACE, NOW, Release } from './release';

const INSTALL_WITHIN_MS = 30_000;
/** What values files ask for that not every cluster has. */
const KINDS_OF_OPERATORS = [
  'monitoring.coreos.com/v1/PodMonitor',
  'monitoring.coreos.com/v1/PrometheusRule',
  'monitoring.coreos.com/v1alpha1/AlertmanagerConfig',
  'gateway.networking.k8s.io/v1/HTTPRoute',
  'keda.sh/v1alpha1/ScaledObject',
];

describe('install', () => {
  const release = new Release('latido', NAMESPACE);
  // Before the first check, so that what the table says it took is the installation.
  beforeAll(() => release.uninstall());
  afterAll(() => release.close());

  it('installs the kind values in under 30 s where Pod Security restricted is enforced', async () => {
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
    'has every object of %s, of the kinds it knows, accepted by the server, strictly and without a warning',
    async (file) => {
      const kinds = KINDS_OF_OPERATORS.flatMap((kind) => ['--api-versions', kind]);
      // A priority class is one of the cluster, which this test leaves as it is.
      const set = `image.tag=${NOW},defaults.priorityClassName=`;
      const values = ['-f', `charts/latido/${file}`, '--set', set];
      const rendered = await helm(
        'template',
        'strict',
        'charts/latido',
        '-n',
        NAMESPACE,
        ...values,
        ...kinds,
      );
      const served = (await kubectl('api-versions')).split('\n');
      const objects = parseAllDocuments(rendered)
        .map((document) => document.toJS() as { readonly apiVersion: string } | null)
        .filter((object) => object !== null && served.includes(object.apiVersion));
      expect(objects.length).toBeGreaterThan(10);
      const strictly = ['--dry-run=server', '--validate=strict', '--warnings-as-errors'];
      await apply(objects as readonly object[], '-n', NAMESPACE, ...strictly);
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
