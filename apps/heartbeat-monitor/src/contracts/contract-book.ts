import { bornMismatches, type ContractEdge, contractEdges, type Speakers } from './contract-edges';

/** What a heartbeat says of its instance's contracts. */
export interface ContractsHeard {
  readonly service: string;
  readonly instanceId: string;
  readonly incarnation: string;
  readonly produces: Speakers['produces'];
  readonly accepts: Speakers['accepts'];
}

type EdgeOfContracts = Pick<ContractEdge, 'producer' | 'topic' | 'consumer'>;

interface Instance {
  readonly incarnation: string;
  readonly group: string;
}

/**
 * Which contracts the live instances of each service write and understand.
 *
 *     heartbeats --heard--> groups of instances that say the same --edges--> who writes what to whom, and is it understood
 *     down, left  --gone-->
 *
 * Bounded by the detector: only instances that it keeps are heard. Instances of one version share a group, so
 * that a fleet of 100,000 costs what its versions cost.
 *
 * Contracts are what an incarnation was built with: they are read once for each.
 */
export class ContractBook {
  private readonly instances = new Map<string, Instance>();
  private readonly groups = new Map<string, Speakers & { count: number }>();
  private readonly mismatches = new Map<string, number>();
  private changed = false;
  private found: readonly ContractEdge[] = [];
  private pairs: ReadonlyMap<string, ContractEdge['pairs']> = new Map();

  /** Takes over what an instance says of itself. */
  heard({ service, instanceId, incarnation, produces, accepts }: ContractsHeard): void {
    const key = keyOf(service, instanceId);
    const known = this.instances.get(key);
    if (known?.incarnation === incarnation) return;
    const group = JSON.stringify([service, produces, accepts]);
    this.instances.set(key, { incarnation, group });
    this.join(group, { service, produces, accepts });
    if (known !== undefined) this.leave(known.group);
  }

  /** An instance is dead or has left: what it wrote and understood does not count any longer. */
  gone(service: string, instanceId: string): void {
    const key = keyOf(service, instanceId);
    const known = this.instances.get(key);
    if (known === undefined) return;
    this.instances.delete(key);
    this.leave(known.group);
  }

  /** Looks for mismatches, where anything has changed; call it every now and then, or short ones are not seen. */
  advance(): void {
    if (!this.changed) return;
    this.changed = false;
    const found = contractEdges([...this.groups.values()]);
    for (const { count, ...edge } of bornMismatches(this.found, found))
      this.mismatches.set(edgeOf(edge), (this.mismatches.get(edgeOf(edge)) ?? 0) + count);
    this.found = found;
    this.pairs = new Map(found.map((edge) => [edgeOf(edge), edge.pairs]));
  }

  /** Every edge between live instances. */
  edges(): readonly ContractEdge[] {
    this.advance();
    return this.found;
  }

  /** What is written beside what is understood on one edge; nothing where no live instances are at both ends. */
  pairsOf(edge: EdgeOfContracts): ContractEdge['pairs'] {
    this.advance();
    return this.pairs.get(edgeOf(edge)) ?? [];
  }

  /** How often a contract began to be written that some live instance of the consumer does not understand; never falls. */
  mismatchesOf(edge: EdgeOfContracts): number {
    this.advance();
    return this.mismatches.get(edgeOf(edge)) ?? 0;
  }

  private join(group: string, speakers: Speakers): void {
    const known = this.groups.get(group);
    if (known) known.count += 1;
    else this.groups.set(group, { ...speakers, count: 1 });
    this.changed ||= known === undefined;
  }

  private leave(group: string): void {
    const known = this.groups.get(group);
    if (known === undefined) return;
    known.count -= 1;
    if (known.count > 0) return;
    this.groups.delete(group);
    this.changed = true;
  }
}

function keyOf(service: string, instanceId: string): string {
  return `${service}/${instanceId}`;
}

function edgeOf({ producer, topic, consumer }: EdgeOfContracts): string {
  return JSON.stringify([producer, topic, consumer]);
}
