import { appendVersion, type AppendInput, type AppendOutcome } from './append-version';
import type { Sha256Hex } from './checksum';
import { differenceBetween, type DifferenceStep } from './difference-between';
import { pruneHistory, type PruneInput, type PruneResult } from './prune-history';
import { type Instant, readAsOf } from './read-as-of';
import { readVersion, type VersionReading } from './read-version';
import { rollBack, type RollBackInput } from './roll-back';
import type { RollbackOutcome } from './settle-rollback';
import type { SubjectPage, Version, VersionPage, VersionStore } from './version';

export interface VersionedValueOptions {
  readonly store: VersionStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A text that no other call ever gets, for example a random UUID. */
  readonly newToken: () => string;
  /** SHA-256 of a text's UTF-8 bytes, in lower-case hex. */
  readonly sha256Hex: Sha256Hex;
  /** @defaultValue 380 KB, see the README */
  readonly maxValueBytes?: number;
}

type Given = 'store' | 'nowMs' | 'sha256Hex' | 'maxValueBytes';

/** What lies between two versions, as a JSON Patch. */
export type Difference =
  | { readonly outcome: 'found'; readonly steps: readonly DifferenceStep[] }
  | Exclude<VersionReading, { readonly outcome: 'found' }>;

/** Versions, or subjects, on one page of a list. Larger wishes are cut to it. */
const MAX_PAGE_SIZE = 100;

/**
 * Values that keep their history: every change is a new immutable version, numbered 1, 2, 3, ...
 *
 *     append, rollBack      write the version after the head
 *     current, version,     read one
 *     asOf
 *     history, subjects     read a page
 *     difference            compare two
 *     prune                 take old values away, never the head
 *
 * Each method is one function of this library with this object's ports filled in; read it there.
 *
 * @see Joshi, Patterns of Distributed Systems (2023), "Versioned Value".
 */
export class VersionedValue {
  constructor(private readonly options: VersionedValueOptions) {}

  /** Writes the next version of a subject. See {@link appendVersion}. */
  async append(
    input: Omit<AppendInput, Given | 'token' | 'lamport'> & { readonly lamport?: number },
  ): Promise<AppendOutcome> {
    const { newToken, now } = this.options;
    return appendVersion({ lamport: 0, ...input, ...this.options, token: newToken(), nowMs: now() });
  }

  /** The head of a subject, strongly consistent; `undefined` for an unknown one. Look at its content: it may be deleted. */
  async current(subject: string): Promise<Version | undefined> {
    return this.options.store.readHead(subject);
  }

  /** One version by its number. See {@link readVersion}. */
  async version(subject: string, number: number): Promise<VersionReading> {
    return readVersion(this.options.store, subject, number);
  }

  /** The version that was current at a Lamport time or a wall time. See {@link readAsOf}. */
  async asOf(subject: string, instant: Instant): Promise<VersionReading> {
    return readAsOf(this.options.store, subject, instant);
  }

  /**
   * A page of versions, newest first; pruned ones are on it, without a value.
   * @throws {@link InvalidCursorError} for a cursor that no page gave out.
   */
  async history(request: Parameters<VersionStore['list']>[0]): Promise<VersionPage> {
    return this.options.store.list({ ...request, limit: pageSize(request.limit) });
  }

  /**
   * A page of the subjects that have a history.
   * @throws {@link InvalidCursorError} for a cursor that no page gave out.
   */
  async subjects(request: Parameters<VersionStore['listSubjects']>[0]): Promise<SubjectPage> {
    return this.options.store.listSubjects({ ...request, limit: pageSize(request.limit) });
  }

  /** The JSON Patch from one version to another, in either direction. See {@link differenceBetween}. */
  async difference(
    subject: string,
    versions: { readonly from: number; readonly to: number },
  ): Promise<Difference> {
    const from = await this.version(subject, versions.from);
    if (from.outcome !== 'found') return from;
    const to = await this.version(subject, versions.to);
    if (to.outcome !== 'found') return to;
    return { outcome: 'found', steps: differenceBetween(from.version.content, to.version.content) };
  }

  /** Writes a new version with an old one's content, if the head is still `ifMatch`. See {@link rollBack}. */
  async rollBack(
    input: Omit<RollBackInput, Given | 'token' | 'lamport'> & { readonly lamport?: number },
  ): Promise<RollbackOutcome> {
    const { newToken, now } = this.options;
    return rollBack({ lamport: 0, ...input, ...this.options, token: newToken(), nowMs: now() });
  }

  /** Takes the values of all but the newest `keep` versions. See {@link pruneHistory}. */
  async prune(input: Omit<PruneInput, 'store' | 'nowMs'>): Promise<PruneResult> {
    return pruneHistory({ ...input, store: this.options.store, nowMs: this.options.now() });
  }
}

function pageSize(limit: number): number {
  return Math.min(Math.max(Math.trunc(limit), 1), MAX_PAGE_SIZE);
}
