import { BoundedMemory } from './bounded-memory';
import { requestIdOf, type CommitEvent } from './commit-event';
import type { Version } from '@latido/versioned-value';

interface Seen {
  readonly fingerprint: string;
  readonly version: number;
}

/**
 * Events whose version this process has seen with its own eyes: a further copy costs nothing.
 *
 * It holds proof only: an entry is made from a version item that was written or read, never from a
 * claim and never from a write whose outcome is unknown. A copy with another fingerprint is not
 * answered from here; it goes through its claim, which quarantines it.
 */
export class SeenWindow {
  private readonly seen: BoundedMemory<Seen>;

  /** @param maxEntries - bound of the memory; about 150 bytes an entry. */
  constructor(maxEntries: number) {
    this.seen = new BoundedMemory({ maxEntries });
  }

  /** @returns the version this very event made, if this process has seen it. */
  versionOf(event: CommitEvent): number | undefined {
    const seen = this.seen.get(event.id);
    return seen?.fingerprint === event.fingerprint ? seen.version : undefined;
  }

  /** Remembers an event by the version item that carries its RequestID. */
  note(event: CommitEvent, version: Version): void {
    if (version.requestId !== requestIdOf(event)) return;
    this.seen.set(event.id, { fingerprint: event.fingerprint, version: version.number });
  }
}
