import { type NetworkFlow, networkFlows, topology } from '@latido/topology';
import { mayConnect, type Party } from './network';
import { at, merged, render, type Values } from './render';
import { OIDC, ON_AWS, ON_KIND, ROLE_ARNS } from './values-space';

const NAMESPACE = 'shop';
const EVERYTHING: Values = {
  heartbeatMonitor: { witness: { enabled: true }, hostnames: ['x.example.com'] },
  serviceB: { autoscaling: { keda: { enabled: true } } },
  ingress: { enabled: true },
  tracing: { endpoint: 'http://otel.monitoring.svc:4317' },
};

const BY_TOKEN_OF_OTHERS = merged(ON_KIND, OIDC);
/** Nobody asked for a gateway or for KEDA. */
const PLAIN: ReadonlySet<Values> = new Set([ON_KIND, BY_TOKEN_OF_OTHERS]);

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
  'identity-provider': { address: '203.0.113.9' },
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
  [
    'on AWS with an identity provider',
    merged(ON_AWS, EVERYTHING, OIDC),
    ['always', 'aws', 'oidc', 'pod-identity', 'tracing', 'witness'],
  ],
  ['with an identity provider on the embedded AWS', BY_TOKEN_OF_OTHERS, ['always', 'local-aws', 'oidc']],
  ['without witness and tracing', ON_KIND, ['always', 'local-aws']],
])('network policies %s', (_name, values, conditions) => {
  const wanted = networkFlows(topology).filter(
    ({ when, from }) =>
      conditions.includes(when) && (PLAIN.has(values) ? from !== 'gateway' && from !== 'keda' : true),
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

describe('the way to the identity provider', () => {
  const mayAsk = async (values: Values, to: Party, port: number): Promise<boolean> => {
    const { objects } = await render(merged(BY_TOKEN_OF_OTHERS, values), { namespace: NAMESPACE });
    return mayConnect(objects, { from: ours('service-a'), to, port, release: NAMESPACE });
  };
  const elsewhere = party('identity-provider');

  it('leads to the port of the address where its keys are', async () => {
    const own = at('auth.oidc.jwksUrl', 'https://id.example.com:8443/jwks');
    expect(await mayAsk(own, elsewhere, 8443)).toBe(true);
    expect(await mayAsk(own, elsewhere, 443)).toBe(false);
    expect(await mayAsk(at('auth.oidc.jwksUrl', 'http://id.example.com/jwks'), elsewhere, 80)).toBe(true);
  });

  it('leads to its addresses alone, private ones too, where they are given', async () => {
    const own = at('networkPolicy.identityProvider.cidrs', ['10.2.0.0/16']);
    expect(await mayAsk(own, { address: '10.2.3.4' }, 443)).toBe(true);
    expect(await mayAsk(own, elsewhere, 443)).toBe(false);
    expect(await mayAsk({}, { address: '10.2.3.4' }, 443)).toBe(false);
  });

  it('leads to its pods where it runs in the cluster', async () => {
    const own = at('networkPolicy.identityProvider', {
      cidrs: [],
      namespaceLabels: { 'kubernetes.io/metadata.name': 'keycloak' },
      podLabels: { app: 'keycloak' },
    });
    expect(await mayAsk(own, somebodyIn('keycloak', { app: 'keycloak' }), 443)).toBe(true);
    expect(await mayAsk(own, somebodyIn('keycloak', { app: 'database' }), 443)).toBe(false);
    expect(await mayAsk(own, elsewhere, 443)).toBe(false);
  });
});

it.each([
  ['169.254.20.10', '169.254.20.10/32'],
  ['fd00::10', 'fd00::10/128'],
])('the one address of NodeLocal DNSCache %s is meant by %s', async (address, cidr) => {
  const { text } = await render(merged(ON_KIND, at('networkPolicy.dns.nodeLocalAddress', address)));
  expect(text).toContain(`cidr: "${cidr}"`);
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
const SAME_PLACE: readonly (readonly string[])[] = [
  ['prometheus', 'alertmanager', 'otlp-collector'],
  ['aws', 'identity-provider'],
];

/**
 * By default the witness may open 443 and 6443 anywhere: where the API server is, only the operator knows (networkPolicy.kubernetesApi).
 * Where nothing of ours is selected as the target, the target's own policies decide.
 */
function isInevitable(connection: string, conditions: readonly string[]): boolean {
  return conditions.includes('witness') && /^heartbeat-monitor -> .+:(443|6443)$/.test(connection);
}
