import type { Names, ServiceDescription, Topology } from './description';

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
