import type { Names, QueueDescription, ServiceDescription, Topology } from './description';

/**
 * What the topology says of one service.
 * @throws Error for a name that is in the type but not in this topology.
 */
export function serviceOf<N extends Names>(
  topology: Topology<N>,
  service: N['service'],
): ServiceDescription<N> {
  const description = topology.services.find(({ name }) => name === service);
  if (description === undefined) throw new Error(`the topology has no service "${service}"; add it there`);
  return description;
}

/**
 * What the topology says of one queue.
 * @throws Error for a name that is in the type but not in this topology.
 */
export function queueOf<N extends Names>(topology: Topology<N>, queue: N['queue']): QueueDescription<N> {
  const description = topology.queues.find(({ name }) => name === queue);
  if (description === undefined) throw new Error(`the topology has no queue "${queue}"; add it there`);
  return description;
}
