import type { Sha256Hex } from './checksum';
import { nextVersion, type NextVersion } from './next-version';
import type { StateOperation, Version, VersionCause, VersionStore } from './version';

export interface AppendInput {
  readonly store: VersionStore;
  readonly subject: string;
  readonly operation: StateOperation;
  readonly requestId: string;
  /** Fresh for each append: how the put tells its own success after a lost reply. */
  readonly token: string;
  readonly cause: VersionCause;
  readonly lamport: number;
  readonly nowMs: number;
  readonly sha256Hex: Sha256Hex;
  /** Bytes of JSON text. */
  readonly maxValueBytes?: number;
  /**
   * How many slots to try. Each lost one means that another writer of this subject succeeded, so only
   * a crowd loses often. @defaultValue 16
   */
  readonly maxAttempts?: number;
}

export type AppendOutcome =
  | { readonly outcome: 'appended'; readonly version: Version }
  | Extract<NextVersion, { readonly outcome: 'value_too_large' }>
  /** Every try lost its slot to another writer; nothing was written. Try later. */
  | { readonly outcome: 'contended'; readonly attempts: number };

/**
 * Writes the next version of a subject: read the head, compute, put at head + 1 if absent; when
 * somebody was faster, again from the new head.
 *
 * Two trips where nobody interferes. It does not recognise a request that comes twice; put an
 * idempotent receiver before it for that.
 */
export async function appendVersion(input: AppendInput): Promise<AppendOutcome> {
  const { store, subject, maxAttempts = 16 } = input;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const head = await store.readHead(subject);
    const next = nextVersion({ ...input, previous: head, number: (head?.number ?? 0) + 1 });
    if (next.outcome === 'value_too_large') return next;
    // A head is never pruned, except in between when others wrote and pruned: look again.
    if (next.outcome === 'predecessor_pruned') continue;
    const written = await put(store, next.version);
    if (written) return { outcome: 'appended', version: written };
  }
  return { outcome: 'contended', attempts: maxAttempts };
}

/** The version as stored by this write, now or by an earlier try of it; `undefined` when its slot is another's. */
async function put(store: VersionStore, version: Version): Promise<Version | undefined> {
  const write = await store.putIfAbsent(version);
  if (write.outcome === 'stored') return version;
  return write.stored?.token === version.token ? write.stored : undefined;
}
