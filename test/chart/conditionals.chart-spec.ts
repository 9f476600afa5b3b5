import { type InstrumentedChart, instrumentChart, noted, NOTHING_LIVE } from './instrumented-chart';
import { at, inTurns, type KubeObject, merged, OPERATOR_KINDS, render, type Values } from './render';
import { combinations, OIDC, ON_AWS, ON_KIND, PAGED } from './values-space';

/** What runs, as the API server tells it. */
const workload = (replicas: number, managedFields: readonly unknown[]): Values =>
  at('fakes.workload', { metadata: { managedFields }, spec: { replicas } });
const APPLIED_WITH_NUMBER = [
  { manager: 'helm', operation: 'Apply', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
];
const APPLIED_WITHOUT = [{ manager: 'helm', operation: 'Apply', fieldsV1: { 'f:spec': {} } }];
const RUNNING = at('fakes.localAws', {
  metadata: { annotations: { 'latido/pod-hash': 'of another pod' } },
  spec: { template: { spec: { containers: [{ image: 'latido/local-aws:first' }] } } },
});
/** Installed before the hash of the pod was kept. */
const RUNNING_LONG = at('fakes.localAws', {
  metadata: {},
  spec: { template: { spec: { containers: [{ image: 'latido/local-aws:first' }] } } },
});
const CLASSES = at('fakes.classes', {
  items: [
    { metadata: {} },
    { metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } },
  ],
});

const EVERYBODY_ELSE = Object.fromEntries(
  ['slack-events', 'slack-state', 'slack-platform', 'slack-unowned', 'email', 'heartbeat'].map((name) => [
    name,
    { webhookConfigs: [{ url: 'https://example.com' }] },
  ]),
);
const HPA = at('serviceB.autoscaling.hpa', {
  enabled: true,
  minReplicas: 3,
  extraMetrics: [{ type: 'Pods' }],
});
const BAD: Values = {
  aws: { accountId: '' },
  auth: {
    oidc: { issuer: 'https://i', jwksUrl: '', audience: '' },
    token: { value: 'x', existingSecret: 'y' },
  },
  identity: { mode: 'irsa', roleArns: {} },
  heartbeatMonitor: { replicas: 9 },
  serviceA: { config: { CONSUMER_VISIBILITY_SECONDS: 1 } },
  alertmanager: { config: { enabled: true }, receivers: { 'slack-platform': {} } },
  serviceB: {
    terminationGracePeriodSeconds: 1,
    autoscaling: { hpa: { enabled: true, minReplicas: 9, maxReplicas: 1 }, keda: { enabled: true } },
  },
  httpRoute: { enabled: true },
  monitoring: { podMonitor: { enabled: true }, serviceMonitor: { enabled: true } },
};

/** What the combinations do not reach: bad values, what a cluster answers, and settings hardly anybody has. */
const FURTHER: readonly Values[] = [
  BAD,
  merged(ON_AWS, { identity: { mode: 'static' }, auth: { token: { existingSecret: '' } } }),
  merged(ON_AWS, {
    identity: { mode: 'none' },
    auth: { token: { value: 'both' } },
    serviceB: { autoscaling: { keda: { enabled: true } } },
  }),
  merged(ON_KIND, { identity: { mode: 'podIdentity' } }),
  merged(ON_KIND, PAGED, { alertmanager: { config: { enabled: false } } }),
  merged(ON_KIND, OIDC, {
    networkPolicy: { identityProvider: { namespaceLabels: { a: 'b' }, podLabels: { c: 'd' } } },
  }),
  merged(ON_AWS, { aws: { resourcePrefix: '' } }),
  merged(ON_AWS, {
    aws: { queues: { 'service-b-events': 'arn:aws:sqs:us-west-2:999999999999:orders' } },
    serviceB: { autoscaling: { keda: { enabled: true } } },
  }),
  merged(ON_KIND, RUNNING_LONG),
  merged(ON_KIND, PAGED, { alertmanager: { receivers: EVERYBODY_ELSE } }),
  merged(ON_KIND, HPA, workload(5, APPLIED_WITH_NUMBER), RUNNING, at('image.tag', 'second')),
  merged(ON_KIND, HPA, workload(5, APPLIED_WITHOUT), CLASSES),
  merged(ON_KIND, RUNNING, at('localAws.image.tag', 'second')),
  merged(
    ON_KIND,
    at('fakes.claim', { kind: 'PersistentVolumeClaim' }),
    RUNNING,
    at('localAws', {
      image: { digest: `sha256:${'b'.repeat(64)}` },
      podAnnotations: { a: 'b' },
      extraEnv: [{ name: 'A', value: 'b' }],
      extraEnvFrom: [{ secretRef: { name: 's' } }],
      extraVolumes: [{ name: 'v', emptyDir: {} }],
      extraVolumeMounts: [{ name: 'v', mountPath: '/v' }],
      serviceAccount: { annotations: { a: 'b' } },
    }),
  ),
  merged(ON_AWS, {
    defaults: {
      extraEnvFrom: [{ configMapRef: { name: 'c' } }],
      extraVolumes: [{ name: 'v', emptyDir: {} }],
      extraVolumeMounts: [{ name: 'v', mountPath: '/v' }],
      affinity: { podAntiAffinity: {} },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'x', whenUnsatisfiable: 'DoNotSchedule' }],
      service: { annotations: { a: 'b' } },
      image: { digest: `sha256:${'c'.repeat(64)}` },
    },
    networkPolicy: { extraIngress: [{ from: [] }], extraEgress: [{ to: [] }], aws: { except: [] } },
    aws: {
      region: 'cn-north-1',
      queues: { 'service-b-events': 'https://sqs.cn-north-1.amazonaws.com.cn/1/orders' },
    },
    serviceB: { autoscaling: { keda: { enabled: true } } },
    dashboards: { annotations: { folder: 'x' } },
    httpRoute: { enabled: true, parentRefs: [{ name: 'p' }], annotations: { a: 'b' } },
    ingress: { enabled: true, annotations: { a: 'b' } },
    serviceA: { hostnames: ['a.example.com'] },
    extraObjects: [{ kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'extra-{{ .Release.Name }}' } }],
    alertmanager: { config: { enabled: true }, receivers: { email: { emailConfigs: [] }, console: {} } },
    alerts: { InteropEdgeLoss: { enabled: false }, InteropWatchdog: { enabled: false } },
  }),
  merged(ON_AWS, OIDC, {
    auth: { writer: { existingSecret: '' } },
    alertmanager: { config: { enabled: true } },
  }),
];

describe('the conditionals of the templates', () => {
  let chart: InstrumentedChart;

  beforeAll(() => {
    chart = instrumentChart();
  });
  afterAll(() => chart.remove());

  async function rendered(
    values: Values,
    options: { readonly release?: string; readonly kinds?: readonly string[] } = {},
  ) {
    return (await render(merged(NOTHING_LIVE, values), { chart: chart.directory, ...options })).objects;
  }

  it('go both ways', async () => {
    const many = [...FURTHER, ...combinations(40)].map((values) => ({
      values,
      release: 'demo',
      kinds: OPERATOR_KINDS as readonly string[],
    }));
    const all = [
      ...many,
      { values: ON_KIND, release: 'latido', kinds: [] },
      { values: at('monitoring.rules.enabled', true), release: `a${'very-'.repeat(9)}long`, kinds: [] },
    ];
    const covered = new Set(
      (
        await inTurns(all, async ({ values, release, kinds }) =>
          coverageOf(await rendered(values, { release, kinds })),
        )
      ).flat(),
    );
    const missed = chart.branches.filter((branch) => !covered.has(noted(branch)));
    process.stdout.write(
      `${chart.branches.length - missed.length} of ${chart.branches.length} branches of the templates taken\n`,
    );
    expect(missed).toEqual([]);
  });

  it.each([
    ['the live number, as long as it is written by Helm', workload(5, APPLIED_WITH_NUMBER), 5],
    ['the live number, where Helm does not apply on the server', workload(4, []), 4],
    ['never fewer than the autoscaler keeps', workload(1, APPLIED_WITH_NUMBER), 3],
    ['nothing, once Helm has let go of it', workload(5, APPLIED_WITHOUT), undefined],
    ['nothing at the first install', {}, undefined],
  ])('write, when an autoscaler is turned on, %s', async (_name, live, replicas) => {
    const objects = await rendered(merged(ON_KIND, HPA, live));
    const deployments = objects.filter(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith('service-b'),
    );
    expect(deployments.map(({ spec }) => (spec as { replicas?: number }).replicas)).toEqual([replicas]);
  });

  it('leave the embedded AWS at the image it runs, and on the volume it has', async () => {
    const objects = await rendered(merged(ON_KIND, RUNNING, CLASSES, at('image.tag', 'second')));
    expect(JSON.stringify(objects)).toContain('"image":"latido/local-aws:first"');
    expect(objects.some(({ kind }) => kind === 'PersistentVolumeClaim')).toBe(false);
    const fresh = await rendered(merged(ON_KIND, CLASSES));
    expect(fresh.some(({ kind }) => kind === 'PersistentVolumeClaim')).toBe(true);
  });
});

describe('the notes', () => {
  let chart: InstrumentedChart;

  beforeAll(() => {
    chart = instrumentChart();
  });
  afterAll(() => chart.remove());

  async function notesOf(values: Values): Promise<string> {
    const { objects } = await render(merged(NOTHING_LIVE, values), { chart: chart.directory });
    return String(objects.find(({ kind }) => kind === 'Notes')?.spec);
  }

  it('say whom no alert reaches, as long as Alertmanager is told of the release', async () => {
    expect(await notesOf(ON_KIND)).toMatch(/Alerts: no address for .*page-events-primary.*: set/);
    const untold = merged(ON_KIND, at('alertmanager.config.enabled', false));
    expect(await notesOf(untold)).not.toContain('Alerts:');
  });

  it.each<[string, Values]>([
    ['nothing changes', {}],
    ['services get another image', at('image.tag', 'second')],
    ['a service gets another label', at('serviceA.podLabels', { a: 'b' })],
  ])('say nothing of the embedded AWS where %s', async (_name, values) => {
    expect(await notesOf(merged(await runningLocalAws(), values))).not.toContain('Warning');
  });

  it.each<[string, Values]>([
    ['resources', at('localAws.resources', { requests: { cpu: '7m' } })],
    ['labels', at('localAws.podLabels', { a: 'b' })],
    ['nodes', at('localAws.nodeSelector', { disk: 'ssd' })],
    ['names', at('aws.resourcePrefix', 'another')],
    ['settings of all components', at('defaults.podAnnotations', { a: 'b' })],
  ])('warn that the embedded AWS starts anew, and loses everything, with other %s', async (_name, values) => {
    expect(await notesOf(merged(await runningLocalAws(), values))).toMatch(
      /Warning: the embedded AWS has another pod .+ starts anew; without a volume .+ all queues and tables are lost/,
    );
  });

  it('warn that the embedded AWS goes to another image, which the volume outlives', async () => {
    const kept = at('localAws', { image: { tag: 'second' }, persistence: { enabled: true } });
    expect(await notesOf(merged(await runningLocalAws(), kept))).toMatch(
      /Warning: the embedded AWS goes from .+ to latido\/local-aws:second and starts anew; its volume keeps/,
    );
  });

  /** The values of what was installed, and the Deployment that came of them as what the cluster tells. */
  async function runningLocalAws(): Promise<Values> {
    const { objects } = await render(merged(NOTHING_LIVE, ON_KIND), { chart: chart.directory });
    const live = objects.find(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith('local-aws'),
    );
    return merged(ON_KIND, at('fakes.localAws', live));
  }

  it('say that the console hears of nothing where nobody gave it a token', async () => {
    const deaf = merged(ON_AWS, OIDC, at('auth.writer.existingSecret', ''));
    expect(await notesOf(deaf)).toMatch(/Alerts: the console .+set auth\.writer\.existingSecret/);
    expect(await notesOf(merged(ON_AWS, OIDC))).not.toContain('Alerts: the console');
  });
});

function coverageOf(objects: readonly KubeObject[]): readonly string[] {
  const coverage = objects.find(({ kind }) => kind === 'Coverage');
  return Object.keys(coverage?.spec ?? {});
}
