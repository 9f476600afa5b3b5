import type { Names, ServiceDescription, Topology } from './description';

/** Who or what is not a service of ours, at either end of a connection. */
export type Outsider =
  | 'alertmanager'
  | 'aws'
  | 'dns'
  | 'gateway'
  | 'helm-test'
  | 'identity-provider'
  | 'keda'
  | 'kubernetes-api'
  | 'local-aws'
  | 'otlp-collector'
  | 'pod-identity-agent'
  | 'prometheus';

/** What has to be in use for a connection to be needed. */
export type FlowCondition = 'always' | 'aws' | 'local-aws' | 'oidc' | 'pod-identity' | 'tracing' | 'witness';

/** A connection that somebody opens. What is not in the list is not allowed. */
export interface NetworkFlow<N extends Names = Names> {
  readonly from: N['service'] | Outsider;
  readonly to: N['service'] | Outsider;
  readonly port: { readonly name: string; readonly number: number };
  readonly when: FlowCondition;
}

type Opened = Omit<NetworkFlow, 'from'>;

const DNS: Opened = { to: 'dns', port: { name: 'dns', number: 53 }, when: 'always' };

/** Where every service goes. */
const EVERYWHERE: readonly Opened[] = [
  DNS,
  { to: 'aws', port: { name: 'https', number: 443 }, when: 'aws' },
  { to: 'pod-identity-agent', port: { name: 'http', number: 80 }, when: 'pod-identity' },
  { to: 'identity-provider', port: { name: 'https', number: 443 }, when: 'oidc' },
  { to: 'otlp-collector', port: { name: 'otlp-grpc', number: 4317 }, when: 'tracing' },
];

/** Enforcers differ in whether they see the API server's service address or its own. */
const KUBERNETES_API_PORTS = [443, 6443];

/**
 * Every connection that Latido needs in a cluster; network policies allow these and deny the rest.
 *
 * @example
 * networkFlows(topology).filter(({ to, port }) => to === 'service-b' && port.name === 'rpc');
 * // => [{ from: 'service-a', to: 'service-b', port: { name: 'rpc', number: 3012 }, when: 'always' }]
 */
export function networkFlows<N extends Names>(topology: Topology<N>): readonly NetworkFlow<N>[] {
  const { services } = topology;
  return [
    ...services.flatMap((service) => intoService(service)),
    ...services.flatMap((service) => callsOf(service, topology)),
    ...services.flatMap(({ name: from, watchesPods }) =>
      [...EVERYWHERE, ...localAws(topology), ...(watchesPods ? kubernetesApi() : [])].map((flow) => ({
        from,
        ...flow,
      })),
    ),
    { from: 'helm-test', ...DNS },
    ...localAws(topology)
      .filter(({ port }) => port.name === 'messaging')
      .map((flow) => ({ from: 'keda' as const, ...flow })),
  ];
}

function intoService<N extends Names>({
  name: to,
  ports,
  receivesAlerts,
}: ServiceDescription<N>): readonly NetworkFlow<N>[] {
  const http = { to, port: { name: 'http', number: ports.http }, when: 'always' as const };
  const metrics = { to, port: { name: 'metrics', number: ports.metrics }, when: 'always' as const };
  return [
    { from: 'gateway', ...http },
    { from: 'helm-test', ...http },
    { from: 'helm-test', ...metrics },
    { from: 'prometheus', ...metrics },
    ...(receivesAlerts ? [{ from: 'alertmanager' as const, ...http }] : []),
  ];
}

function callsOf<N extends Names>(
  { name: from, calls }: ServiceDescription<N>,
  { services }: Topology<N>,
): readonly NetworkFlow<N>[] {
  return calls.flatMap(({ service: to, port: name }) => {
    const number = services.find((callee) => callee.name === to)?.ports[name];
    return number === undefined ? [] : [{ from, to, port: { name, number }, when: 'always' as const }];
  });
}

function localAws({ localAwsPorts }: Pick<Topology, 'localAwsPorts'>): readonly Opened[] {
  return Object.entries(localAwsPorts).map(([name, number]: [string, number]) => ({
    to: 'local-aws',
    port: { name, number },
    when: 'local-aws',
  }));
}

function kubernetesApi(): readonly Opened[] {
  return KUBERNETES_API_PORTS.map((number) => ({
    to: 'kubernetes-api',
    port: { name: 'https', number },
    when: 'witness',
  }));
}
