/** Any JSON value. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** What an event does to the state of its subject. `merge` is a JSON Merge Patch (RFC 7396). */
export type StateOperation =
  | { readonly kind: 'put'; readonly value: JsonValue }
  | { readonly kind: 'merge'; readonly patch: JsonValue }
  | { readonly kind: 'delete' };

/** What a version holds: a value, the fact that the subject was deleted, or nothing any more (retention). */
export type VersionContent =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'pruned' };

/** One immutable state of a subject: the row of the VersionedState table. */
export interface Version {
  /** ServiceID of the table: whose state this is. */
  readonly subject: string;
  /** 1, 2, 3, ... without gaps. */
  readonly number: number;
  readonly content: VersionContent;
  /** The request that made this version: `event#<id>` or `http#<key>`. */
  readonly requestId: string;
  /** Token of the write that made it; see the commit protocol. */
  readonly token: string;
  /** What made it: an event, a rollback to an older version, or a state change seen by a monitor. */
  readonly cause: VersionCause;
  /** SHA-256 in hex of the canonical JSON of the content as first written. */
  readonly checksum: string;
  /** Lamport time as the sender stamped it. */
  readonly lamport: number;
  /** max(clock of the version before, lamport) + 1: rises with every version. */
  readonly clock: number;
  /** max(now, writtenAt of the version before), milliseconds since 1970: never falls. */
  readonly writtenAtMs: number;
  /**
   * Set where the event came too late: the content is still the one of the version before. It is the place
   * in the total order (lamport, source, epoch, request id) of what made that content; the next event is
   * compared with it, so each version that keeps a content carries it on.
   */
  readonly supersededBy?: {
    readonly lamport: number;
    readonly source: string;
    readonly epoch: number;
    readonly requestId: string;
  };
  /** Set on pruned versions only: when the store may forget the key, in seconds since 1970. */
  readonly expiresAtEpochSeconds?: number;
}

export type VersionCause =
  | { readonly kind: 'event'; readonly source: string; readonly epoch: number; readonly flagged?: true }
  | { readonly kind: 'rollback'; readonly toVersion: number };

/** What a conditional put of a version met. `stored` is the version that is there instead. */
export type VersionWrite =
  { readonly outcome: 'stored' } | { readonly outcome: 'refused'; readonly stored?: Version };

export interface VersionPage {
  readonly versions: readonly Version[];
  /** Present when there may be more. Opaque. */
  readonly cursor?: string;
}

export interface SubjectPage {
  readonly subjects: readonly string[];
  /** Present when there may be more. Opaque. */
  readonly cursor?: string;
}

/** Port: where versions are kept. Every call is one trip. */
export interface VersionStore {
  /** Puts a version if its subject has none of that number. */
  putIfAbsent(version: Version): Promise<VersionWrite>;

  /** One version, strongly consistent. */
  read(subject: string, number: number): Promise<Version | undefined>;

  /** The version with the highest number, strongly consistent. */
  readHead(subject: string): Promise<Version | undefined>;

  /** Versions of a subject, newest first, eventually consistent. */
  list(request: {
    readonly subject: string;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<VersionPage>;

  /** Subjects that have a version 1, in no given order, eventually consistent. */
  listSubjects(request: { readonly limit: number; readonly cursor?: string }): Promise<SubjectPage>;

  /** Replaces an existing version by its tombstone; absent or already pruned: nothing happens. */
  prune(tombstone: Version): Promise<void>;
}
