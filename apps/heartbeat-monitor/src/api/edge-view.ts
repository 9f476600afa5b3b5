import type { EdgeTotals } from '@latido/edge-accounting';

/** The names of an edge as metrics and API say them: a source `/service-a` is the service `service-a`. */
export function edgeNames({
  producer,
  consumer,
  topic,
}: Pick<EdgeTotals, 'producer' | 'consumer' | 'topic'>) {
  return { producer: producer.replace(/^\//, ''), consumer, topic };
}

/** An edge as the API shows it. `balanced` is the headline: every message that was published is accounted for. */
export function edgeView(edge: EdgeTotals) {
  const { published, voided, delivered, deadLettered, inFlight, lost, unobserved, counts } = edge;
  return {
    ...edgeNames(edge),
    balanced: lost === 0,
    books: { published, delivered, deadLettered, inFlight, lost, unobserved, voided },
    lostTotal: edge.lostTotal,
    counts,
    latencyMs: { p50: quantile(edge, 0.5), p95: quantile(edge, 0.95), p99: quantile(edge, 0.99) },
    lastMessageAt: edge.lastMessageAtMs > 0 ? new Date(edge.lastMessageAtMs).toISOString() : null,
  };
}

/** The key that orders edges and cursors. */
export function edgeKey(edge: Pick<EdgeTotals, 'producer' | 'consumer' | 'topic'>): string {
  const { producer, topic, consumer } = edgeNames(edge);
  return JSON.stringify([producer, topic, consumer]);
}

function quantile({ latency }: EdgeTotals, q: number): number | null {
  const valueMs = latency.quantile(q);
  return valueMs === undefined ? null : Math.round(valueMs * 10) / 10;
}
