import type { Heartbeat } from '@latido/heartbeat';

/** Instances of a service that write and understand the same. */
export interface Speakers extends Pick<Heartbeat, 'produces' | 'accepts'> {
  readonly service: string;
}

/** What some live instances of the producer write, beside what some live instances of the consumer understand. */
interface ContractPair {
  readonly produced: readonly string[];
  readonly accepted: readonly string[];
  /** Produced and not accepted. */
  readonly missing: readonly string[];
}

/** One edge, by what both ends say of themselves. */
export interface ContractEdge {
  readonly producer: string;
  readonly topic: string;
  readonly consumer: string;
  /** One for each different pair; more than one while a new version is rolled out. */
  readonly pairs: readonly ContractPair[];
}

/** As many as there are edges in the books; heartbeats that make up more cannot stall the monitor. */
const MAX_MEETINGS = 6_000;

/** The edges between those who write a topic and those who understand it; pure. */
export function contractEdges(groups: readonly Speakers[]): readonly ContractEdge[] {
  const edges = new Map<string, ContractEdge>();
  for (const { producer, topic, consumer, produced, accepted } of meetings(groups)) {
    const edge = { producer, topic, consumer };
    const key = JSON.stringify([producer, topic, consumer]);
    const { pairs } = edges.get(key) ?? { pairs: [] };
    edges.set(key, { ...edge, pairs: added(pairs, pairOf(produced, accepted)) });
  }
  return [...edges.values()];
}

/** Every writer of a topic with every reader of it. */
function meetings(groups: readonly Speakers[]) {
  const readers = readersByTopic(groups);
  const found = [];
  for (const { service: producer, produces } of groups)
    for (const { topic, contracts: produced } of produces)
      for (const { consumer, contracts: accepted } of readers.get(topic) ?? []) {
        if (found.length === MAX_MEETINGS) return found;
        found.push({ producer, topic, consumer, produced, accepted });
      }
  return found;
}

interface Reader {
  readonly consumer: string;
  readonly contracts: readonly string[];
}

function readersByTopic(groups: readonly Speakers[]): ReadonlyMap<string, readonly Reader[]> {
  const readers = new Map<string, Reader[]>();
  for (const { service: consumer, accepts } of groups)
    for (const { topic, contracts } of accepts) {
      const known = readers.get(topic) ?? [];
      known.push({ consumer, contracts });
      readers.set(topic, known);
    }
  return readers;
}

/** Contracts of each edge that are not understood by everybody now, and were before, or were not written. */
export function bornMismatches(before: readonly ContractEdge[], now: readonly ContractEdge[]) {
  const known = new Set(before.flatMap((edge) => missingOf(edge).map((contract) => nameOf(edge, contract))));
  return now.flatMap((edge) => {
    const { producer, topic, consumer } = edge;
    const count = missingOf(edge).filter((contract) => !known.has(nameOf(edge, contract))).length;
    return count > 0 ? [{ producer, topic, consumer, count }] : [];
  });
}

function pairOf(produced: readonly string[], accepted: readonly string[]): ContractPair {
  const missing = produced.filter((contract) => !accepted.includes(contract)).toSorted();
  return { produced: produced.toSorted(), accepted: accepted.toSorted(), missing };
}

function added(pairs: readonly ContractPair[], pair: ContractPair): readonly ContractPair[] {
  const text = JSON.stringify(pair);
  return pairs.some((other) => JSON.stringify(other) === text) ? pairs : [...pairs, pair];
}

function missingOf({ pairs }: ContractEdge): readonly string[] {
  return [...new Set(pairs.flatMap(({ missing }) => missing))];
}

function nameOf({ producer, topic, consumer }: ContractEdge, contract: string): string {
  return JSON.stringify([producer, topic, consumer, contract]);
}
