import { markdownTable } from '@latido/service-host';
import {
  edges,
  graceSeconds,
  type GrantedResource,
  grantsOf,
  networkFlows,
  redeliveryBoundSeconds,
  topology,
} from '@latido/topology';

const DAY_SECONDS = 86_400;

/** docs/reference/topology.md: who there is, over what they talk, and what each may do at AWS. */
export function topologyPage(): string {
  return `# Topology

Written from \`libs/topology\`; change it there (\`npm run generate\`).

## Services

${table(
  ['service', 'ports', 'publishes to', 'consumes', 'redrives'],
  topology.services.map(({ name, ports, publishes, consumes, redrives }) => [
    name,
    Object.entries(ports)
      .map(([port, number]) => `${port} ${number}`)
      .join(', '),
    listed(publishes),
    listed(consumes),
    listed(redrives),
  ]),
)}

## Queues

Each has a dead-letter queue \`<name>-dlq\`; with a twin, both exist a second time as \`<name>.fifo\` and \`<name>-dlq.fifo\`.

${table(
  ['queue', 'twin', 'hidden', 'kept', 'dead letters kept', 'receives', 'may come again after', 'scales at'],
  topology.queues.map((queue) => [
    queue.name,
    queue.fifoTwin ? 'yes' : 'no',
    `${queue.visibilityTimeoutSeconds} s`,
    span(queue.retentionSeconds),
    span(queue.deadLetter.retentionSeconds),
    String(queue.deadLetter.maxReceiveCount),
    span(redeliveryBoundSeconds(queue)),
    queue.scaling === undefined ? '' : `${queue.scaling.messagesPerReplica} messages a replica`,
  ]),
)}

## Edges

Every one of them must be alive; alerts expect exactly these.

${table(
  ['producer', 'topic', 'queue', 'consumer'],
  edges(topology).map(({ producer, topic, queue, consumer }) => [producer, topic, queue, consumer]),
)}

## Stopping

Seconds from the moment a pod is told to stop; its grace period must not be shorter than the last column.

${table(
  ['service', 'preStop', 'longest handler', 'flush', 'grace at least'],
  topology.services.map(({ name, drain }) =>
    [name, drain.preStopSeconds, drain.longestHandlerSeconds, drain.flushSeconds, graceSeconds(drain)].map(
      String,
    ),
  ),
)}

## Permissions at AWS

The whole of what each role is granted. \`npm test\` records what services call and fails when a right is missing or unused.

${topology.services.map(({ name }) => permissionsOf(name)).join('\n\n')}

## Connections

What network policies allow in a cluster; all else is denied.

${table(
  ['from', 'to', 'port', 'needed'],
  networkFlows(topology).map(({ from, to, port, when }) => [from, to, `${port.name} ${port.number}`, when]),
)}
`;
}

function permissionsOf(service: (typeof topology.services)[number]['name']): string {
  return `### ${service}

${table(
  ['resource', 'actions'],
  grantsOf(topology, service).map(({ resource, actions }) => [resourceText(resource), listed(actions)]),
)}`;
}

function resourceText(resource: GrantedResource): string {
  if (resource.kind === 'index') return `index ${resource.index} of ${resource.name}`;
  return `${resource.kind} ${resource.name}`;
}

function listed(items: readonly string[]): string {
  return items.map((item) => `\`${item}\``).join(', ');
}

function span(seconds: number): string {
  if (seconds % DAY_SECONDS === 0) return `${seconds / DAY_SECONDS} days`;
  return `${seconds} s`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([header, ...rows]).join('\n');
}
