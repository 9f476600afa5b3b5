import type { JsonValue, Version } from '@latido/versioned-value';

/** One version as it is shown, over HTTP and over RPC: a value, the fact that it was deleted, or that it was removed. */
export interface VersionView {
  readonly subject: string;
  readonly version: number;
  readonly value?: JsonValue;
  readonly deleted?: true;
  /** Retention has removed the value. */
  readonly pruned?: true;
  /** Its event came too late in Lamport order: the value is the one of `supersededBy`. */
  readonly superseded?: true;
  readonly supersededBy?: NonNullable<Version['supersededBy']>;
  /** Lamport time as the sender stamped it. */
  readonly lamport: number;
  /** Rises with every version of the subject; what `at?lamport=` looks for. */
  readonly clock: number;
  readonly writtenAt: string;
  /** What made it: `event#<id>` or `http#<key>`. */
  readonly requestId: string;
  readonly cause: Version['cause'];
  /** SHA-256 in hex of the canonical JSON of the content. */
  readonly checksum: string;
}

/** Shows a version. */
export function versionView(version: Version): VersionView {
  const { subject, number, lamport, clock, writtenAtMs, requestId, cause, checksum } = version;
  return {
    subject,
    version: number,
    ...contentView(version.content),
    ...(version.supersededBy && { superseded: true, supersededBy: version.supersededBy }),
    lamport,
    clock,
    writtenAt: new Date(writtenAtMs).toISOString(),
    requestId,
    cause,
    checksum,
  };
}

/** A version is its own entity tag: what If-Match of a rollback takes. */
export function etagOf({ version }: Pick<VersionView, 'version'>): string {
  return `"${version}"`;
}

function contentView(content: Version['content']): Pick<VersionView, 'value' | 'deleted' | 'pruned'> {
  switch (content.kind) {
    case 'value':
      return { value: content.value };
    case 'deleted':
      return { deleted: true };
    case 'pruned':
    default:
      return { pruned: true };
  }
}
