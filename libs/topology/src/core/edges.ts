import type { Names, QueueDescription, Topology } from './description';

/** A way for messages: producer service -> topic -> queue of a consumer service. */
export interface Edge<N extends Names = Names> {
  readonly producer: N['service'];
  readonly topic: N['topic'];
  readonly queue: N['queue'];
  readonly consumer: N['service'];
}

/**
 * Every edge the topology says must exist: one for each producer of a topic and each queue that hears it.
 * @example
 * edges(topology).filter(({ topic }) => topic === 'receipts');
 * // => [{ producer: 'service-b', topic: 'receipts', queue: 'service-a-receipts', consumer: 'service-a' }]
 */
export function edges<N extends Names>(topology: Topology<N>): readonly Edge<N>[] {
  return topology.subscriptions.flatMap(({ topic, queue }) =>
    topology.services
      .filter(({ publishes }) => publishes.includes(topic))
      .flatMap(({ name: producer }) =>
        topology.services
          .filter(({ consumes }) => consumes.includes(queue))
          .map(({ name: consumer }) => ({ producer, topic, queue, consumer })),
      ),
  );
}

/** The queues a service consumes, in the order it names them. */
export function queuesOf<N extends Names>(
  topology: Topology<N>,
  service: N['service'],
): readonly QueueDescription<N>[] {
  const consumes = topology.services.find(({ name }) => name === service)?.consumes ?? [];
  return consumes.flatMap((wanted) => topology.queues.filter(({ name }) => name === wanted));
}
