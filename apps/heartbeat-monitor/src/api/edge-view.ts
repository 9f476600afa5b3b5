import type { EdgeName, EdgeTotals } from '@latido/edge-accounting';
import { edgeNames } from '../books/edge-names';
import type { ContractBook } from '../contracts/contract-book';

/** What an edge needs to know of contracts. */
export type EdgeContracts = Pick<ContractBook, 'pairsOf' | 'mismatchesOf'>;

/** An edge as the API shows it. `balanced` is the headline: every message that was published is accounted for. */
export function edgeView(edge: EdgeTotals, contracts: EdgeContracts) {
  const { published, voided, delivered, deadLettered, inFlight, lost, unobserved, counts } = edge;
  const { unknownType, unknownVersion, invalidData } = counts;
  const { pairs, mismatches } = contractsView(edge, contracts);
  return {
    ...edgeNames(edge),
    watchedBy: 'books' as const,
    balanced: lost === 0,
    books: { published, delivered, deadLettered, inFlight, lost, unobserved, voided },
    lostTotal: edge.lostTotal,
    contracts: { pairs, mismatches: { ...mismatches, unknownType, unknownVersion, invalidData } },
    counts,
    latencyMs: { p50: quantile(edge, 0.5), p95: quantile(edge, 0.95), p99: quantile(edge, 0.99) },
    lastMessageAt: edge.lastMessageAtMs > 0 ? new Date(edge.lastMessageAtMs).toISOString() : null,
  };
}

/** An edge without books: its messages have no numbers, and `/api/status` tells whether canaries come through. */
export function canaryEdgeView(edge: EdgeName, contracts: EdgeContracts) {
  return { ...edgeNames(edge), watchedBy: 'canary' as const, contracts: contractsView(edge, contracts) };
}

/** What live instances write and understand, and how often it did not fit together. */
function contractsView(edge: EdgeName, contracts: EdgeContracts) {
  const names = edgeNames(edge);
  return { pairs: contracts.pairsOf(names), mismatches: { notAccepted: contracts.mismatchesOf(names) } };
}

function quantile({ latency }: EdgeTotals, q: number): number | null {
  const valueMs = latency.quantile(q);
  return valueMs === undefined ? null : Math.round(valueMs * 10) / 10;
}
