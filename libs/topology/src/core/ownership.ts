import type { Names, Ownership, Topology } from './description';

/** Whose a service is that nobody owns, or that the topology does not know: somebody is called all the same. */
export const NOBODY: Ownership = { team: 'unowned', tier: 2, onCall: 'platform-primary' };

/** Who answers for a service; {@link NOBODY} for one without an owner. */
export function ownerOf<N extends Names>(topology: Topology<N>, service: string): Ownership {
  return topology.services.find(({ name }) => name === service)?.owner ?? NOBODY;
}

/** The services without an owner; there must be none. */
export function unownedServices<N extends Names>(topology: Topology<N>): readonly N['service'][] {
  return topology.services.filter(({ owner }) => owner === undefined).map(({ name }) => name);
}
