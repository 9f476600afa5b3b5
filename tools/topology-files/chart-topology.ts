import {
  edges,
  graceSeconds,
  MAX_PREFIX_CHARACTERS,
  MONITOR_REPLICAS,
  networkFlows,
  queuesOf,
  type ServiceName,
  stopSeconds,
  topology,
} from '@latido/topology';
import { stringify } from 'yaml';

const HEAD = `# Written from libs/topology by \`npm run generate\`; change it there.
# Templates read it with .Files.Get "topology.yaml" | fromYaml.
`;

/** The topology as the Helm chart reads it, keyed by name. */
export function chartTopology(): string {
  return HEAD + stringify(chartValues(), { lineWidth: 0, aliasDuplicateObjects: false });
}

/** The same as a value; templates and their tests go by its shape. */
export function chartValues() {
  return {
    resourcePrefix: { maxCharacters: MAX_PREFIX_CHARACTERS },
    services: byName(topology.services, serviceValues),
    topics: byName(topology.topics, ({ fifoTwin }) => ({ fifoTwin })),
    queues: byName(topology.queues, ({ name: _name, ...settings }) => settings),
    subscriptions: topology.subscriptions,
    tables: topology.tables.map(({ name }) => name),
    monitorReplicas: { max: MONITOR_REPLICAS },
    localAws: { ports: topology.localAwsPorts },
    flows: networkFlows(topology),
    edges: edges(topology),
  };
}

function serviceValues(service: (typeof topology.services)[number]) {
  const { ports, publishes, consumes, redrives, drain, receivesAlerts, watchesPods } = service;
  return {
    ports,
    publishes,
    consumes,
    redrives,
    tables: tablesOf(service),
    receivesAlerts,
    watchesPods,
    drain: {
      ...drain,
      stopTimeoutMs: stopSeconds(drain) * 1_000,
      minimumGraceSeconds: graceSeconds(drain),
    },
    scaling: scalingOf(service.name),
  };
}

function tablesOf({ reads, writes }: (typeof topology.services)[number]): readonly string[] {
  return [...new Set([...reads, ...writes].map(({ table }) => table))];
}

/** Which waiting messages ask for how many replicas. */
function scalingOf(service: ServiceName) {
  return queuesOf(topology, service).flatMap(({ name: queue, scaling }) =>
    scaling === undefined ? [] : [{ queue, ...scaling }],
  );
}

function byName<T extends { readonly name: string }, V>(
  items: readonly T[],
  valuesOf: (item: T) => V,
): Readonly<Record<string, V>> {
  return Object.fromEntries(items.map((item) => [item.name, valuesOf(item)]));
}
