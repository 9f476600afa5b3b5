import { type NetworkFlow, networkFlows, topology } from '@latido/topology';
import { mayConnect, type Party } from './network';
import { merged, render, type Values } from './render';
import { ON_AWS, ON_KIND, ROLE_ARNS } from './values-space';

const NAMESPACE = 'shop';
const EVERYTHING: Values = {
  heartbeatMonitor: { witness: { enabled: true }, hostnames: ['x.example.com'] },
  serviceB: { autoscaling: { keda: { enabled: true } } },
  ingress: { enabled: true },
  tracing: { endpoint: 'http://otel.monitoring.svc:4317' },
};

const ours = (component: string, release = 'demo'): Party => ({
  namespace: NAMESPACE,
  labels: {
    'app.kubernetes.io/name': 'latido',
    'app.kubernetes.io/instance': release,
    'app.kubernetes.io/component': component,
  },
});
const somebodyIn = (namespace: string, labels: Readonly<Record<string, string>> = {}): Party => ({
  namespace,
  labels,
});

/** Where everybody of the topology's flows stands, who is not one of our components. */
const OUTSIDERS: Readonly<Record<string, Party>> = {
  alertmanager: somebodyIn('monitoring', { 'app.kubernetes.io/name': 'alertmanager' }),
  aws: { address: '52.94.5.1' },
  dns: somebodyIn('kube-system', { 'k8s-app': 'kube-dns' }),
  gateway: somebodyIn('gateway'),
  keda: somebodyIn('keda'),
  'kubernetes-api': { address: '172.20.0.1' },
  'otlp-collector': somebodyIn('monitoring', { app: 'otel' }),
  'pod-identity-agent': { address: '169.254.170.23' },
  prometheus: somebodyIn('monitoring', { 'app.kubernetes.io/name': 'prometheus' }),
};
const COMPONENTS = [...topology.services.map(({ name }) => name as string), 'local-aws', 'helm-test'];
const party = (who: string): Party => OUTSIDERS[who] ?? ours(who);

/** Everybody, and some who have no business here. */
const EVERYBODY: Readonly<Record<string, Party>> = {
  ...Object.fromEntries(COMPONENTS.map((name) => [name, ours(name)])),
  ...OUTSIDERS,
  'another release': ours('service-a', 'other'),
  'a stranger in the namespace': somebodyIn(NAMESPACE, { app: 'stranger' }),
  'a stranger elsewhere': somebodyIn('default'),
  kubelet: { address: '10.0.3.7' },
  'instance metadata': { address: '169.254.169.254' },
};
const PORTS = [...new Set([...networkFlows(topology).map(({ port }) => port.number), 22, 8080, 10_250])];

describe.each([
  ['on the embedded AWS', merged(ON_KIND, EVERYTHING), ['always', 'local-aws', 'tracing', 'witness']],
  [
    'on AWS by Pod Identity',
    merged(ON_AWS, EVERYTHING),
    ['always', 'aws', 'pod-identity', 'tracing', 'witness'],
  ],
  [
    'on AWS by IRSA',
    merged(ON_AWS, EVERYTHING, { identity: { mode: 'irsa', roleArns: ROLE_ARNS } }),
    ['always', 'aws', 'tracing', 'witness'],
  ],
  ['without witness and tracing', ON_KIND, ['always', 'local-aws']],
])('network policies %s', (_name, values, conditions) => {
  const wanted = networkFlows(topology).filter(
    ({ when, from }) =>
      conditions.includes(when) && (values === ON_KIND ? from !== 'gateway' && from !== 'keda' : true),
  );

  it('let every connection of the topology through, and no other', async () => {
    const { objects } = await render(values, { namespace: NAMESPACE });
    const connects = (from: Party, to: Party, port: number): boolean =>
      mayConnect(objects, { from, to, port, release: NAMESPACE });
    const refused = wanted.filter((flow) => !connects(party(flow.from), party(flow.to), flow.port.number));
    expect(refused).toEqual([]);

    let checked = 0;
    const forbidden: string[] = [];
    for (const [fromName, from] of Object.entries(EVERYBODY))
      for (const [toName, to] of Object.entries(EVERYBODY))
        for (const port of PORTS) {
          if (!concernsUs(fromName, toName) || isWanted(wanted, { fromName, toName, port })) continue;
          checked += 1;
          if (connects(from, to, port)) forbidden.push(`${fromName} -> ${toName}:${port}`);
        }
    process.stdout.write(`${wanted.length} connections allowed, ${checked} looked at and forbidden\n`);
    expect(forbidden.filter((one) => !isInevitable(one, conditions))).toEqual([]);
  });
});

/** One end has our policies. */
function concernsUs(from: string, to: string): boolean {
  return from !== to && (COMPONENTS.includes(from) || COMPONENTS.includes(to));
}

function isWanted(
  wanted: readonly NetworkFlow[],
  { fromName, toName, port }: { readonly fromName: string; readonly toName: string; readonly port: number },
): boolean {
  const alike = (name: string): readonly string[] =>
    SAME_PLACE.find((group) => group.includes(name)) ?? [name];
  return wanted.some(
    (flow) =>
      alike(fromName).includes(flow.from) && alike(toName).includes(flow.to) && flow.port.number === port,
  );
}

/** By default they stand in one namespace, and nothing tells their pods apart. */
const SAME_PLACE: readonly (readonly string[])[] = [['prometheus', 'alertmanager', 'otlp-collector']];

/**
 * By default the witness may open 443 and 6443 anywhere: where the API server is, only the operator knows (networkPolicy.kubernetesApi).
 * Where nothing of ours is selected as the target, the target's own policies decide.
 */
function isInevitable(connection: string, conditions: readonly string[]): boolean {
  return conditions.includes('witness') && /^heartbeat-monitor -> .+:(443|6443)$/.test(connection);
}
