import { graceSeconds, topology } from '@latido/topology';
import { envOf, podOf, podsOf } from './pods';
import { at, type KubeObject, merged, render } from './render';
import { OIDC, ON_AWS, ON_KIND, PAGED } from './values-space';

const SERVICES = topology.services.map(({ name }) => name as string);

describe('what is rendered', () => {
  let objects: readonly KubeObject[];

  beforeAll(async () => {
    ({ objects } = await render(ON_KIND));
  });

  it.each(SERVICES)('asks %s whether it lives, is ready and has started', (service) => {
    const [container] = podOf(objects, service).spec.containers;
    expect(container?.livenessProbe?.httpGet).toEqual({ path: '/health/live', port: 'http' });
    expect(container?.readinessProbe?.httpGet).toEqual({ path: '/health/ready', port: 'http' });
    expect(container?.startupProbe?.httpGet).toEqual({ path: '/health/startup', port: 'http' });
    expect(container?.ports?.map(({ name }) => name)).toEqual(expect.arrayContaining(['http', 'metrics']));
  });

  it('asks for memory and CPU, bounds memory, and never throttles', () => {
    for (const { spec } of podsOf(objects))
      for (const { resources } of spec.containers) {
        expect(Object.keys(resources?.requests ?? {}).sort()).toEqual(['cpu', 'memory']);
        expect(Object.keys(resources?.limits ?? {})).toEqual(['memory']);
      }
  });

  it.each(SERVICES)('spreads %s over zones and nodes, by its own labels', (service) => {
    const { spec, labels } = podOf(objects, service);
    expect(spec.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey)).toEqual([
      'topology.kubernetes.io/zone',
      'kubernetes.io/hostname',
    ]);
    for (const { labelSelector } of spec.topologySpreadConstraints ?? [])
      expect(labels).toMatchObject(labelSelector.matchLabels);
  });

  it.each(topology.services)('counts only pods of one revision of $name as spread', ({ name }) => {
    const revision = { Deployment: 'pod-template-hash', StatefulSet: 'controller-revision-hash' };
    const { spec, owner } = podOf(objects, name);
    for (const { matchLabelKeys } of spec.topologySpreadConstraints ?? [])
      expect(matchLabelKeys).toEqual([revision[owner.kind as keyof typeof revision]]);
  });

  it.each(SERVICES)('lets one pod of %s be disrupted at a time, and a broken one always', (service) => {
    const budget = ofKind(objects, 'PodDisruptionBudget').find(
      ({ metadata }) => metadata.name === `demo-latido-${service}`,
    );
    expect(budget?.spec).toMatchObject({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: {
        matchLabels: { 'app.kubernetes.io/component': service, 'app.kubernetes.io/instance': 'demo' },
      },
    });
  });

  it.each(topology.services)('gives $name the time to stop that the topology asks for', ({ name, drain }) => {
    const pod = podOf(objects, name);
    const { preStop } = pod.spec.containers[0]?.lifecycle ?? {};
    expect(preStop?.sleep?.seconds).toBe(drain.preStopSeconds);
    expect(pod.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(graceSeconds(drain));
    const stopMs = Number(envOf(pod)['STOP_TIMEOUT_MS']?.value);
    expect(stopMs).toBeGreaterThanOrEqual((drain.longestHandlerSeconds + drain.flushSeconds) * 1_000);
    expect(stopMs + drain.preStopSeconds * 1_000).toBeLessThan(
      pod.spec.terminationGracePeriodSeconds * 1_000,
    );
  });

  it('keeps the token of its ServiceAccount from every pod but the witness', async () => {
    expect(podsOf(objects).filter(({ spec }) => spec.automountServiceAccountToken)).toEqual([]);
    const witnessed = await render(merged(ON_KIND, at('heartbeatMonitor.witness.enabled', true)));
    const mounting = podsOf(witnessed.objects).filter(({ spec }) => spec.automountServiceAccountToken);
    expect(mounting.map(({ component }) => component)).toEqual(['heartbeat-monitor']);
    expect(ofKind(witnessed.objects, 'Role').map((role) => 'rules' in role && role.rules)).toEqual([
      [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
    ]);
  });

  it('gives each replica of the monitor its own heartbeat queue, all at once', () => {
    const [set] = ofKind(objects, 'StatefulSet');
    expect(set?.spec).toMatchObject({ podManagementPolicy: 'Parallel', replicas: 2 });
    expect(
      envOf(podOf(objects, 'heartbeat-monitor'))['HEARTBEAT_QUEUE_ORDINAL']?.valueFrom?.fieldRef?.fieldPath,
    ).toBe("metadata.labels['apps.kubernetes.io/pod-index']");
  });

  it('sends service-a to where service-b answers its synchronous query', () => {
    const url = envOf(podOf(objects, 'service-a'))['SERVICE_B_RPC_URL']?.value ?? '';
    const [name, port] = url.split(':');
    const service = ofKind(objects, 'Service').find(({ metadata }) => metadata.name === name);
    expect(service?.spec).toMatchObject({
      ports: expect.arrayContaining([
        expect.objectContaining({ port: Number(port), name: 'rpc' }),
      ]) as unknown,
    });
  });

  it.each(['hpa', 'keda'])(
    'renders no number of pods where %s sets it, and its own bounds instead',
    async (by) => {
      const scaled = await render(
        merged(ON_KIND, at(`serviceB.autoscaling.${by}`, { enabled: true, minReplicas: 3, maxReplicas: 9 })),
      );
      const deployment = scaled.objects.find(
        ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'demo-latido-service-b',
      );
      expect(deployment?.spec).not.toHaveProperty('replicas');
      const scaler = scaled.objects.find(
        ({ kind }) => kind === (by === 'hpa' ? 'HorizontalPodAutoscaler' : 'ScaledObject'),
      );
      expect(scaler?.spec).toMatchObject({
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'demo-latido-service-b' },
        ...(by === 'hpa' ? { minReplicas: 3, maxReplicas: 9 } : { minReplicaCount: 3, maxReplicaCount: 9 }),
      });
    },
  );

  it.each([
    [undefined, 'https://sqs.eu-central-1.amazonaws.com/123456789012/prod-service-b-events', 'eu-central-1'],
    ['orders', 'https://sqs.eu-central-1.amazonaws.com/123456789012/orders', 'eu-central-1'],
    [
      'arn:aws:sqs:us-west-2:999999999999:orders',
      'https://sqs.us-west-2.amazonaws.com/999999999999/orders',
      'us-west-2',
    ],
    [
      'arn:aws-cn:sqs:cn-north-1:999999999999:orders',
      'https://sqs.cn-north-1.amazonaws.com.cn/999999999999/orders',
      'cn-north-1',
    ],
    [
      'https://sqs.us-east-2.amazonaws.com/999999999999/orders',
      'https://sqs.us-east-2.amazonaws.com/999999999999/orders',
      'us-east-2',
    ],
  ])('has KEDA ask for the queue given as %s where it is', async (given, queueURL, awsRegion) => {
    const queues = given === undefined ? {} : { 'service-b-events': given };
    const keda = at('serviceB.autoscaling.keda.enabled', true);
    const { objects: own } = await render(merged(ON_AWS, keda, { aws: { queues } }));
    const [scaled] = ofKind(own, 'ScaledObject');
    expect(scaled?.spec).toMatchObject({ triggers: [{ metadata: { queueURL, awsRegion } }] });
  });

  it('lets a digest win over every tag', async () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const { objects: own } = await render(
      merged(ON_AWS, {
        image: { tag: '9.9.9', registry: 'one.example.com' },
        global: { imageRegistry: 'two.example.com' },
        serviceA: { image: { digest, tag: '8.8.8' } },
      }),
    );
    expect(podOf(own, 'service-a').spec.containers[0]?.image).toBe(
      `two.example.com/latido/service-a@${digest}`,
    );
    expect(podOf(own, 'service-b').spec.containers[0]?.image).toBe('two.example.com/latido/service-b:9.9.9');
  });

  it('asks for tokens of the identity provider where there is one, and for the own token otherwise', async () => {
    expect(envOf(podOf(objects, 'service-a'))['LOCAL_API_TOKEN']?.valueFrom?.secretKeyRef?.name).toBe(
      'demo-latido-token',
    );
    const env = envOf(podOf((await render(merged(ON_AWS, OIDC))).objects, 'service-a'));
    expect(env['AUTH_ISSUER']?.value).toBe('https://id.example.com');
    expect(env['LOCAL_API_TOKEN']).toBeUndefined();
  });

  it('keeps two releases in one namespace apart: no object in common, no pod selected by the other', async () => {
    const { objects: other } = await render(ON_KIND, { release: 'other' });
    const names = (all: readonly KubeObject[]) => all.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names(other).filter((name) => names(objects).includes(name))).toEqual([]);
    for (const { spec } of ofKind(objects, 'Service'))
      expect((spec as { selector: Record<string, string> }).selector['app.kubernetes.io/instance']).toBe(
        'demo',
      );
    expect(envOf(podOf(other, 'service-a'))['RESOURCE_PREFIX']?.value).toBe('other');
  });

  it('cuts long names with a hash, so that two of them stay two', async () => {
    const long = `a${'very-'.repeat(9)}long`;
    const [one, two] = await Promise.all([
      render(ON_KIND, { release: `${long}-1` }),
      render(ON_KIND, { release: `${long}-2` }),
    ]);
    const names = [...one.objects, ...two.objects].map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    expect([...one.objects].every(({ metadata }) => metadata.name.length <= 52)).toBe(true);
    expect(envOf(podOf(one.objects, 'service-a'))['RESOURCE_PREFIX']?.value?.length).toBeLessThanOrEqual(30);
  });

  it('is the same, byte by byte, when rendered twice', async () => {
    const values = merged(
      ON_KIND,
      PAGED,
      at('alertmanager', { config: { enabled: true }, plain: { enabled: true } }),
    );
    expect((await render(values)).text).toBe((await render(values)).text);
  });

  it.each([
    ['auto', 'auto', 'PodMonitor'],
    ['true', 'auto', 'PodMonitor'],
    ['auto', 'true', 'ServiceMonitor'],
    ['false', 'auto', 'ServiceMonitor'],
    ['auto', 'false', 'PodMonitor'],
  ])('scrapes once, with podMonitor %s and serviceMonitor %s: by a %s', async (pods, services, kind) => {
    const setting = (text: string) => ({ enabled: text === 'auto' ? text : text === 'true' });
    const { objects: own } = await render(
      merged(ON_KIND, { monitoring: { podMonitor: setting(pods), serviceMonitor: setting(services) } }),
    );
    expect(own.map((object) => object.kind).filter((one) => one.endsWith('Monitor'))).toEqual([kind]);
  });

  it('has an address for every receiver of production, of which none stands in the values', async () => {
    const { objects: own } = await render({}, { files: ['charts/latido/values-prod.yaml'] });
    const receivers = ofKind(own, 'AlertmanagerConfig').flatMap(
      ({ spec }) => (spec as { readonly receivers: readonly { readonly name: string }[] }).receivers,
    );
    const deaf = receivers.filter((receiver) => Object.keys(receiver).length === 1);
    expect(deaf.map(({ name }) => name)).toEqual(['nobody']);
    expect(JSON.stringify(receivers)).not.toMatch(/hooks\.slack\.com|"routingKey":"/);
  });

  it('tells a console of alerts only where it has the token that the monitor asks for', async () => {
    const consoleOf = (all: readonly KubeObject[]) =>
      /"name":"console"(,"webhookConfigs")?/.exec(JSON.stringify(ofKind(all, 'AlertmanagerConfig')))?.[1];
    expect(consoleOf(objects)).toBeDefined();
    const without = await render(merged(ON_AWS, OIDC, at('auth.writer.existingSecret', '')));
    expect(ofKind(without.objects, 'AlertmanagerConfig')).toHaveLength(1);
    expect(consoleOf(without.objects)).toBeUndefined();
  });

  it('drops the target label "service" of a ServiceMonitor, and sets job, release and app on both kinds of monitor', async () => {
    const { objects: own } = await render(
      merged(
        ON_KIND,
        at('monitoring', { podMonitor: { enabled: false }, serviceMonitor: { enabled: true } }),
      ),
    );
    const relabelings = JSON.stringify(ofKind(own, 'ServiceMonitor'));
    expect(relabelings).toContain('{"action":"labeldrop","regex":"service"}');
    for (const monitor of [relabelings, JSON.stringify(ofKind(objects, 'PodMonitor'))])
      for (const label of ['job', 'release', 'app']) expect(monitor).toContain(`"targetLabel":"${label}"`);
  });
});

function ofKind(objects: readonly KubeObject[], kind: string): readonly KubeObject[] {
  return objects.filter((object) => object.kind === kind);
}
