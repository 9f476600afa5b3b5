import type { EdgeName } from '@latido/edge-accounting';
import { edges, topology } from '@latido/topology';

/** Topics whose messages have no numbers: canaries watch that they arrive. */
const CANARY_TOPICS: ReadonlySet<string> = new Set(['heartbeats']);

/** Every edge of the topology that books are kept of, as books name it. */
export function followedEdges(): readonly EdgeName[] {
  return edgesWhere((topic) => !watchedByCanaries(topic));
}

/** Every edge of the topology that has canaries instead of books. */
export function canaryEdges(): readonly EdgeName[] {
  return edgesWhere(watchedByCanaries);
}

/** Whether the messages of a topic are watched by canaries instead of by their numbers. */
export function watchedByCanaries(topic: string): boolean {
  return CANARY_TOPICS.has(topic);
}

/** Who hears a topic by the topology. */
export function consumersOf(topic: string): readonly string[] {
  const heard = followedEdges().filter((edge) => edge.topic === topic);
  return [...new Set(heard.map(({ consumer }) => consumer))];
}

/** Replicas of one consumer have queues of their own, and are one end of the edge. */
function edgesWhere(holds: (topic: string) => boolean): readonly EdgeName[] {
  const found = edges(topology)
    .filter(({ topic }) => holds(topic))
    .map(({ producer, topic, consumer }) => ({ producer: `/${producer}`, topic, consumer }));
  return [...new Map(found.map((edge) => [JSON.stringify(edge), edge])).values()];
}
