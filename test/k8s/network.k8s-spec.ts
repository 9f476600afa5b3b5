import { networkFlows, topology } from '@latido/topology';
import { facts, type KubeObject, kubectl, list, listEverywhere, type Pod } from './cluster';
import { nodePod, type Outcome, requireOutcomes, startPods, type Target } from './probe-pod';
import { inShell } from './probe-shell';
import { COMPONENTS, NAMESPACE, OTHER_NAMESPACE, Release } from './release';
import { whereThereIs } from './where-there-is';

const KUBELET_PORT = 10_250;
/** Everybody of ours who could open a connection. */
const SOURCES = [...COMPONENTS, 'local-aws'] as const;
const SLEEP = 'setInterval(() => {}, 60_000)';

/** Whether the topology lets one component open a connection to another. */
function isAllowed(from: string, to: string, port: number): boolean {
  return networkFlows(topology).some(
    (flow) =>
      flow.from === from &&
      flow.to === to &&
      flow.port.number === port &&
      ['always', 'local-aws'].includes(flow.when),
  );
}

const PORTS: readonly (readonly [component: string, port: number])[] = [
  ...topology.services.flatMap(({ name, ports }) =>
    Object.values(ports).map((port: number) => [name, port] as const),
  ),
  ...Object.values(topology.localAwsPorts).map((port: number) => ['local-aws', port] as const),
];

describe('network', () => {
  let release: Release;
  let podsOf: ReadonlyMap<string, readonly Pod[]>;
  let strangers: readonly Pod[];

  beforeAll(async () => {
    release = await Release.settled();
    podsOf = new Map(
      await Promise.all(SOURCES.map(async (name) => [name, await release.readyPods(name)] as const)),
    );
    for (const namespace of [NAMESPACE, OTHER_NAMESPACE])
      await startPods(
        namespace,
        facts().workers.map((node, n) => nodePod({ name: `stranger-${n}`, namespace, node }, SLEEP)),
        'app in (stranger-0,stranger-1,stranger-2)',
      );
    strangers = [...(await strangersIn(NAMESPACE)), ...(await strangersIn(OTHER_NAMESPACE))];
  });

  afterAll(async () => {
    for (const { metadata } of strangers)
      await kubectl('delete', 'pod', metadata.name, '-n', metadata.namespace ?? '', '--wait=false');
    release.close();
  });

  const strangersIn = async (namespace: string): Promise<readonly Pod[]> =>
    (await list<Pod>('pods', namespace)).filter(({ metadata }) => metadata.name.startsWith('stranger-'));

  const targetsOf = (component: string, port: number): readonly (Target & { readonly node: string })[] =>
    (podsOf.get(component) ?? []).map(({ metadata, status, spec }) => ({
      name: `${metadata.name}:${port}`,
      host: status.podIP ?? '',
      port,
      node: spec.nodeName ?? '',
    }));

  /** @param sources - one, or several where the policies cannot tell them apart. */
  const expectationsFrom = (...sources: readonly string[]) =>
    PORTS.flatMap(([to, port]) =>
      targetsOf(to, port).map((target) => ({
        target,
        outcome: sources.some((from) => isAllowed(from, to, port))
          ? ('answered' as const)
          : ('timed out' as const),
      })),
    );

  it.each(SOURCES)(
    'lets %s reach whom the topology says, on either node, and nobody else',
    async (component) => {
      for (const pod of podsOf.get(component) ?? []) {
        // A pod reaches itself whatever the policies say.
        const others = expectationsFrom(component).filter(({ target }) => target.host !== pod.status.podIP);
        await requireOutcomes({ pod, container: component }, others);
      }
    },
  );

  whereThereIs('monitoring').it(
    'lets Alertmanager reach the monitor, metrics as Prometheus beside it does, and nothing else',
    async () => {
      const [pod] = await listEverywhere<Pod>('pods', 'app.kubernetes.io/name=alertmanager');
      if (pod === undefined) throw new Error('there is no Alertmanager of the operator');
      await requireOutcomes(
        { pod, container: 'alertmanager', connects: inShell },
        expectationsFrom('alertmanager', 'prometheus'),
      );
    },
  );

  it('was tried on the same node and across nodes', () => {
    for (const component of COMPONENTS)
      expect([component, new Set(podsOf.get(component)?.map(({ spec }) => spec.nodeName)).size]).toEqual([
        component,
        2,
      ]);
  });

  it('lets a stranger reach nobody, from either node, in this namespace or another', async () => {
    const expected = PORTS.flatMap(([to, port]) => targetsOf(to, port)).map((target) => ({
      target,
      outcome: 'timed out' as const,
    }));
    for (const stranger of strangers) await requireOutcomes({ pod: stranger, container: 'node' }, expected);
  });

  it('keeps every app from the kubelets, the API server and Prometheus, which a stranger reaches', async () => {
    const targets = await outsiders([...podsOf.values()].flat());
    const found = (outcome: Outcome) => targets.map((target) => ({ target, outcome }));
    const [control] = await strangersIn(OTHER_NAMESPACE);
    await requireOutcomes({ pod: control!, container: 'node' }, found('answered'));
    for (const component of SOURCES)
      for (const pod of podsOf.get(component) ?? [])
        await requireOutcomes({ pod, container: component }, found('timed out'));
  });
});

/** Whom no app has any business with. */
async function outsiders(ofOurs: readonly Pod[]): Promise<readonly Target[]> {
  const kubelets = [...new Set(ofOurs.map(({ status }) => status.hostIP ?? ''))];
  const services = await list<ServiceObject>('services', 'default');
  const prometheus = await listEverywhere<Pod>('pods', 'app.kubernetes.io/name=prometheus');
  return [
    ...kubelets.map((host) => ({ name: `kubelet ${host}`, host, port: KUBELET_PORT })),
    ...services
      .filter(({ metadata }) => metadata.name === 'kubernetes')
      .map(({ spec }) => ({ name: 'API server', host: spec.clusterIP, port: 443 })),
    ...prometheus.map(({ status }) => ({ name: 'Prometheus', host: status.podIP ?? '', port: 9_090 })),
  ];
}

interface ServiceObject extends KubeObject {
  readonly spec: { readonly clusterIP: string };
}
