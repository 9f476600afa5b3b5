import type { Version } from '@latido/versioned-value';
import { BoundedMemory } from './bounded-memory';

/** Bounds of a {@link HeadCache}. */
export interface HeadCacheOptions {
  /** Subjects kept. */
  readonly maxHeads: number;
  /** Characters of JSON kept in all values together: values may be 380 KB each, so counting them is no bound. */
  readonly maxCharacters: number;
  /**
   * Age at which a head is forgotten, counted from the moment it was seen. It must stay far below the
   * life of a tombstone (horizon + 1 day): a cached head whose next slot was taken, pruned *and* expired
   * would fill that slot again.
   */
  readonly maxAgeMs: number;
}

interface SeenHead {
  readonly version: Version;
  readonly seenAtMs: number;
}

/**
 * The highest version this process has seen of each subject, number and value: what saves the read before a claim.
 *
 * Being behind is harmless: the claim or the put is refused and the event moves. Being ahead would not
 * be, so only items that were *seen* raise it; a write whose outcome is unknown never does.
 */
export class HeadCache {
  private readonly heads: BoundedMemory<SeenHead>;

  constructor(private readonly options: HeadCacheOptions) {
    this.heads = new BoundedMemory({ maxEntries: options.maxHeads, maxWeight: options.maxCharacters });
  }

  /** @returns the highest version seen, unless it was seen `maxAgeMs` ago or longer. */
  get(subject: string, nowMs: number): Version | undefined {
    const head = this.heads.get(subject);
    return head && nowMs - head.seenAtMs < this.options.maxAgeMs ? head.version : undefined;
  }

  /** Takes a version that was read or certainly written; one below the cached, or a pruned one, changes nothing. */
  raise(version: Version, nowMs: number): void {
    const known = this.heads.get(version.subject)?.version.number ?? 0;
    if (version.content.kind === 'pruned' || version.number < known) return;
    const characters = JSON.stringify(version.content).length;
    this.heads.set(version.subject, { version, seenAtMs: nowMs }, characters);
  }
}
