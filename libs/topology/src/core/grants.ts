import type { Names, ServiceDescription, TableReads, TableWrites, Topology } from './description';

/** Something at AWS that a permission can be for, by its name in the topology. */
export type GrantedResource<N extends Names = Names> =
  | { readonly kind: 'topic'; readonly name: N['topic'] }
  | { readonly kind: 'queue'; readonly name: N['queue'] }
  /** The dead-letter queue of the queue with this name. */
  | { readonly kind: 'dead-letter-queue'; readonly name: N['queue'] }
  | { readonly kind: 'table'; readonly name: N['table'] }
  | { readonly kind: 'index'; readonly name: N['table']; readonly index: string };

/** What a service may do with one resource: IAM actions, sorted, no wildcard among them. */
export interface Grant<N extends Names = Names> {
  readonly resource: GrantedResource<N>;
  readonly actions: readonly string[];
}

const TO_PUBLISH = ['sns:Publish'];
const TO_LOOK_UP_A_TOPIC = ['sns:GetTopicAttributes'];
const TO_LOOK_UP_A_QUEUE = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'];
const TO_CONSUME = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'];
const TO_SEND = ['sqs:SendMessage'];
const TO_LOOK_UP_A_TABLE = ['dynamodb:DescribeTable'];

/**
 * The least a service needs at AWS: what its description says it does, and looking at start whether all of it is there.
 *
 * The e2e test of permissions records what services really call, and fails when this list has one too many or too few.
 *
 * @returns one grant a resource; none for a service that is not in the topology.
 * @example
 * grantsOf(topology, 'heartbeat-monitor').find(({ resource }) => resource.kind === 'topic');
 * // => { resource: { kind: 'topic', name: 'heartbeats' }, actions: ['sns:GetTopicAttributes', 'sns:Publish'] }
 */
export function grantsOf<N extends Names>(topology: Topology<N>, service: N['service']): readonly Grant<N>[] {
  const description = topology.services.find(({ name }) => name === service);
  if (description === undefined) return [];
  return merged([
    ...description.publishes.map((name) => topicGrant<N>(name)),
    ...description.consumes.flatMap((name) => consumerGrants(topology, name)),
    ...description.redrives.flatMap((name) => redriveGrants<N>(name)),
    ...tableGrants(description),
  ]);
}

function topicGrant<N extends Names>(name: N['topic']): Grant<N> {
  return { resource: { kind: 'topic', name }, actions: [...TO_LOOK_UP_A_TOPIC, ...TO_PUBLISH] };
}

function consumerGrants<N extends Names>({ queues }: Topology<N>, name: N['queue']): readonly Grant<N>[] {
  const own: Grant<N> = {
    resource: { kind: 'queue', name },
    actions: [...TO_LOOK_UP_A_QUEUE, ...TO_CONSUME],
  };
  const fillsDeadLetters = queues.find((queue) => queue.name === name)?.deadLetter.filledByConsumer;
  if (!fillsDeadLetters) return [own];
  return [
    own,
    { resource: { kind: 'dead-letter-queue', name }, actions: [...TO_LOOK_UP_A_QUEUE, ...TO_SEND] },
  ];
}

function redriveGrants<N extends Names>(name: N['queue']): readonly Grant<N>[] {
  return [
    { resource: { kind: 'dead-letter-queue', name }, actions: [...TO_LOOK_UP_A_QUEUE, ...TO_CONSUME] },
    { resource: { kind: 'queue', name }, actions: [...TO_LOOK_UP_A_QUEUE, ...TO_SEND] },
  ];
}

function tableGrants<N extends Names>({ reads, writes }: ServiceDescription<N>): readonly Grant<N>[] {
  return [
    ...reads.flatMap((read) => readGrants<N>(read)),
    ...writes.map(({ table: name, by }: TableWrites<N>): Grant<N> => ({
      resource: { kind: 'table', name },
      actions: [...TO_LOOK_UP_A_TABLE, ...by.map(dynamodbAction)],
    })),
  ];
}

function readGrants<N extends Names>({ table: name, by, indexes }: TableReads<N>): readonly Grant<N>[] {
  return [
    { resource: { kind: 'table', name }, actions: [...TO_LOOK_UP_A_TABLE, ...by.map(dynamodbAction)] },
    ...indexes.map((index): Grant<N> => ({
      resource: { kind: 'index', name, index },
      actions: [dynamodbAction('Query')],
    })),
  ];
}

function dynamodbAction(call: string): string {
  return `dynamodb:${call}`;
}

/** One grant a resource, in the order in which resources first appear. */
function merged<N extends Names>(grants: readonly Grant<N>[]): readonly Grant<N>[] {
  const byResource = new Map<string, Grant<N>>();
  for (const { resource, actions } of grants) {
    const key = JSON.stringify(resource);
    const all = new Set([...(byResource.get(key)?.actions ?? []), ...actions]);
    byResource.set(key, { resource, actions: [...all].toSorted() });
  }
  return [...byResource.values()];
}
