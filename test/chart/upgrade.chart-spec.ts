import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { envOf, podOf } from './pods';
import { CHART, helm, type KubeObject, merged, render, type Values } from './render';
import { ON_AWS, ON_KIND } from './values-space';

const PREVIOUS = `${CHART}/previous`;

/** Fields that the API server refuses to change; who changes them has to delete and lose the object. */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['selector'],
  Rollout: [],
  StatefulSet: ['selector', 'serviceName', 'podManagementPolicy', 'volumeClaimTemplates'],
  Service: ['clusterIP'],
  PersistentVolumeClaim: ['accessModes', 'storageClassName', 'volumeName', 'volumeMode'],
  RoleBinding: ['roleRef'],
  Secret: ['immutable'],
};

describe.each<[string, Values]>([
  ['on the embedded AWS', merged(ON_KIND, { localAws: { persistence: { enabled: true } } })],
  ['on AWS', ON_AWS],
])('an upgrade from the last released chart %s', (_name, values) => {
  let before: readonly KubeObject[];
  let after: readonly KubeObject[];

  beforeAll(async () => {
    ({ objects: before } = await render(values, { chart: PREVIOUS }));
    ({ objects: after } = await render(values));
  });

  it('changes no field that cannot be changed', () => {
    const changes = before.flatMap((old) => {
      const now = same(after, old);
      return now
        ? (IMMUTABLE[old.kind] ?? [])
            .filter((field) => fieldOf(old, field) !== fieldOf(now, field))
            .map((field) => `${old.kind}/${old.metadata.name}.${field}`)
        : [];
    });
    expect(changes).toEqual([]);
  });

  it('keeps every object with state or an address', () => {
    const kept = new Set(['PersistentVolumeClaim', 'StatefulSet', 'Service', 'Deployment', 'ServiceAccount']);
    const gone = before.filter(({ kind }) => kept.has(kind)).filter((old) => !same(after, old));
    expect(gone.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([]);
  });

  it('leaves queues, topics and tables where they are', () => {
    for (const service of ['service-a', 'service-b', 'heartbeat-monitor'])
      for (const variable of ['RESOURCE_PREFIX', 'AWS_REGION', 'AWS_ACCOUNT_ID'])
        expect(envOf(podOf(after, service))[variable]).toEqual(envOf(podOf(before, service))[variable]);
  });
});

describe('the embedded AWS', () => {
  it('is not restarted by another image of the services, nor by the chart', async () => {
    const image = { localAws: { image: { tag: 'first' } } };
    const pod = async (values: Values, chart = CHART) =>
      (
        podOf((await render(merged(ON_KIND, image, values), { chart })).objects, 'local-aws').owner.spec as {
          template: unknown;
        }
      ).template;
    expect(await pod({ image: { tag: 'second' } })).toEqual(await pod({ image: { tag: 'first' } }));
    expect(await pod({})).toEqual(await pod({}, PREVIOUS));
  });
});

describe('the package', () => {
  it('passes lint --strict with every values file', async () => {
    for (const file of ['kind', 'dev', 'staging', 'prod', 'test'].map(
      (name) => `${CHART}/values-${name}.yaml`,
    )) {
      const { code, stdout, stderr } = await helm(['lint', '--strict', CHART, '--values', file]);
      expect([file, code, stdout + stderr]).toEqual([file, 0, expect.stringContaining('0 chart(s) failed')]);
    }
  });

  it('holds rules and dashboards, and not the previous chart', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'latido-package-'));
    const { code } = await helm(['package', CHART, '--destination', directory]);
    const packed = execFileSync('tar', ['tzf', join(directory, readdirSync(directory)[0] ?? '')], {
      encoding: 'utf8',
    });
    rmSync(directory, { recursive: true });
    expect([code, packed.includes('/previous/')]).toEqual([0, false]);
    for (const wanted of [
      'rules/liveness.yaml',
      'dashboards/fleet.json',
      'topology.yaml',
      'values.schema.json',
    ])
      expect(packed).toContain(`latido/${wanted}\n`);
  });

  it('says in its notes what is missing, and the next three commands', async () => {
    const { stdout } = await helm(
      ['install', 'demo', CHART, '--dry-run=client', '--namespace', 'shop'],
      ON_KIND,
    );
    const notes = stdout.slice(stdout.indexOf('NOTES:'));
    expect(notes).toMatch(/Missing: monitoring\.podMonitor\.enabled.+install the Prometheus operator/);
    // The hook prints what the test said; its pod is gone when Helm 3 would ask it for logs.
    expect(notes).not.toContain('--logs');
    expect(notes).toMatch(/1\. .+helm test demo -n shop[\s\S]+2\. .+port-forward[\s\S]+3\. .+port-forward/);
  });
});

function same(objects: readonly KubeObject[], wanted: KubeObject): KubeObject | undefined {
  return objects.find(({ kind, metadata }) => kind === wanted.kind && metadata.name === wanted.metadata.name);
}

function fieldOf(object: KubeObject, field: string): string {
  const own = (field in object ? object : (object.spec ?? {})) as Readonly<Record<string, unknown>>;
  return JSON.stringify(own[field]);
}
