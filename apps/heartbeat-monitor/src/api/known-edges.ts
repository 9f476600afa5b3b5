import { type EdgeBook, type EdgeName, noTotals } from '@latido/edge-accounting';
import { edgeKey, edgeNames, sourceOf } from '../books/edge-names';
import { canaryEdges, watchedByCanaries } from '../books/expected-edges';
import type { ContractBook } from '../contracts/contract-book';
import { canaryEdgeView, edgeView } from './edge-view';

/** What edges are asked for. */
export interface EdgeFilter {
  /** One end of the edge. */
  readonly service?: string;
  /** Part of the name of an end or of the topic. */
  readonly search?: string;
}

/** Where edges are known from. */
export interface EdgeSources {
  readonly book: Pick<EdgeBook, 'names' | 'edge'>;
  readonly contracts: Pick<ContractBook, 'edges' | 'pairsOf' | 'mismatchesOf'>;
}

/** Every edge of the topology, of the books and between the contracts of live instances, each once. */
export function knownEdges({ book, contracts }: EdgeSources, filter: EdgeFilter = {}): readonly EdgeName[] {
  const spoken = contracts.edges().map(({ producer, topic, consumer }) => ({
    producer: sourceOf(producer),
    topic,
    consumer,
  }));
  const all = [...canaryEdges(), ...spoken, ...book.names()].filter((edge) => matches(edge, filter));
  return [...new Map(all.map((edge) => [edgeKey(edge), edge])).values()];
}

/** One of them as the API shows it. */
export function viewOfEdge(edge: EdgeName, { book, contracts }: EdgeSources) {
  const totals = book.edge(edge);
  if (totals === undefined && watchedByCanaries(edge.topic)) return canaryEdgeView(edge, contracts);
  return edgeView(totals ?? noTotals(edge), contracts);
}

function matches(edge: EdgeName, { service, search }: EdgeFilter): boolean {
  const { producer, topic, consumer } = edgeNames(edge);
  const isEnd = service === undefined || service === producer || service === consumer;
  const found = [producer, topic, consumer].some((name) => contains(name, search));
  return isEnd && found;
}

/** Whether a name has what is searched for in it, in whatever case; nothing is in every name. */
export function contains(text: string, search: string | undefined): boolean {
  return search === undefined || text.toLowerCase().includes(search.toLowerCase());
}
