import { type Edge, edges } from './edges';
import { topology } from './topology';

/** `service` suffers when `causeService` fails. */
export interface Downstream {
  readonly causeService: string;
  readonly service: string;
}

/**
 * Who suffers from whose failure, by the edges of the topology: directly, and over any number of
 * services in between. The monitor itself suffers from nobody: it is there to see failures.
 */
export function downstreams(
  all: readonly Pick<Edge, 'producer' | 'consumer'>[] = edges(topology),
  monitor = 'heartbeat-monitor',
): readonly Downstream[] {
  const direct = all.filter(({ producer, consumer }) => consumer !== monitor && consumer !== producer);
  return [...new Set(direct.map(({ producer }) => producer))].flatMap((causeService) =>
    reachableFrom(causeService, direct).map((service) => ({ causeService, service })),
  );
}

function reachableFrom(
  start: string,
  direct: readonly Pick<Edge, 'producer' | 'consumer'>[],
): readonly string[] {
  const reached = new Set<string>();
  const waiting = [start];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { producer, consumer } of direct) {
      if (producer !== next || consumer === start || reached.has(consumer)) continue;
      reached.add(consumer);
      waiting.push(consumer);
    }
  }
  return [...reached].sort();
}
