import type { EdgeTotals } from '@latido/edge-accounting';
import type { ContractBook } from '../contracts/contract-book';

/** The names of an edge as metrics and API say them: a source `/service-a` is the service `service-a`. */
export function edgeNames({
  producer,
  consumer,
  topic,
}: Pick<EdgeTotals, 'producer' | 'consumer' | 'topic'>) {
  return { producer: producer.replace(/^\//, ''), consumer, topic };
}

/** An edge as the API shows it. `balanced` is the headline: every message that was published is accounted for. */
export function edgeView(edge: EdgeTotals, contracts: Pick<ContractBook, 'edges' | 'mismatchesOf'>) {
  const { published, voided, delivered, deadLettered, inFlight, lost, unobserved, counts } = edge;
  return {
    ...edgeNames(edge),
    balanced: lost === 0,
    books: { published, delivered, deadLettered, inFlight, lost, unobserved, voided },
    lostTotal: edge.lostTotal,
    contracts: contractsView(edge, contracts),
    counts,
    latencyMs: { p50: quantile(edge, 0.5), p95: quantile(edge, 0.95), p99: quantile(edge, 0.99) },
    lastMessageAt: edge.lastMessageAtMs > 0 ? new Date(edge.lastMessageAtMs).toISOString() : null,
  };
}

/** What live instances write and understand, and how often the ends did not understand each other. */
function contractsView(edge: EdgeTotals, contracts: Pick<ContractBook, 'edges' | 'mismatchesOf'>) {
  const names = edgeNames(edge);
  const { unknownType, unknownVersion, invalidData } = edge.counts;
  const pairs = contracts.edges().find((other) => edgeKeyOf(other) === edgeKeyOf(names))?.pairs ?? [];
  return {
    pairs,
    mismatches: { notAccepted: contracts.mismatchesOf(names), unknownType, unknownVersion, invalidData },
  };
}

/** The key that orders edges and cursors. */
export function edgeKey(edge: Pick<EdgeTotals, 'producer' | 'consumer' | 'topic'>): string {
  return edgeKeyOf(edgeNames(edge));
}

function edgeKeyOf({ producer, topic, consumer }: ReturnType<typeof edgeNames>): string {
  return JSON.stringify([producer, topic, consumer]);
}

function quantile({ latency }: EdgeTotals, q: number): number | null {
  const valueMs = latency.quantile(q);
  return valueMs === undefined ? null : Math.round(valueMs * 10) / 10;
}
