import type { MetricDefinition } from '../metric-definition';
import { ArenaFamily } from './arena-family';

/**
 * The text of all families that are kept as text, to be copied into a page.
 *
 * @example
 * const arena = new SampleArena();
 * const info = arena.family('interop_instance_info', metricCatalogue.interop_instance_info);
 * info.series({ service: 'a', instance_id: '1', version: '1', zone: 'z' })?.set(1);
 */
export class SampleArena {
  private readonly families = new Map<string, ArenaFamily>();

  /** Length of the text, for a page. */
  get byteLength(): number {
    let total = 0;
    for (const family of this.families.values()) total += family.byteLength;
    return total;
  }

  /** @throws Error for a name that was made before: share the family. */
  family(name: string, definition: MetricDefinition): ArenaFamily {
    if (this.families.has(name)) throw new Error(`the metric ${name} exists already: share it`);
    const family = new ArenaFamily(name, definition);
    this.families.set(name, family);
    return family;
  }

  /** Every family, in the order in which they were made: their texts one behind the other are the page's. */
  all(): Iterable<ArenaFamily> {
    return this.families.values();
  }
}
