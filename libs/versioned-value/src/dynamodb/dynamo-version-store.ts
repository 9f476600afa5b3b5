import type { Condition, DynamoTable, Item } from '@latido/persistence/dynamodb';
import { decodeSubjectCursor, decodeVersionCursor, encodeCursor } from '../core/cursor';
import type { SubjectPage, Version, VersionPage, VersionStore, VersionWrite } from '../core/version';
import { toItem, toVersion } from './version-item';
import { VERSIONED_STATE_INDEX } from './versioned-state-index';

/**
 * Versions in the VersionedState table: key `ServiceID` (S) and `VersionNumber` (N), and the index
 * {@link VERSIONED_STATE_INDEX}.
 *
 * A version under 1 KB is one write unit, the first one of a subject two (the index); a strong read
 * of one under 4 KB is one read unit.
 */
export class DynamoDbVersionStore implements VersionStore {
  private readonly bucket: string;

  /**
   * @param table - with the key names `['ServiceID', 'VersionNumber']`.
   * @param options.bucket - the list that new subjects join; services that share the table and keep
   *   lists of their own name one. Default {@link VERSIONED_STATE_INDEX}.bucket.
   */
  constructor(
    private readonly table: DynamoTable,
    options: { readonly bucket?: string } = {},
  ) {
    this.bucket = options.bucket ?? VERSIONED_STATE_INDEX.bucket;
  }

  async putIfAbsent(version: Version): Promise<VersionWrite> {
    const write = await this.table.putIfAbsent(toItem(version, this.bucket));
    if (write.outcome === 'stored') return write;
    return write.item ? { outcome: 'refused', stored: toVersion(write.item) } : { outcome: 'refused' };
  }

  async read(subject: string, number: number): Promise<Version | undefined> {
    const item = await this.table.get(keyOf(subject, number), 'strong');
    return item && toVersion(item);
  }

  async readHead(subject: string): Promise<Version | undefined> {
    const { items } = await this.table.query({
      key: isSubject(subject),
      limit: 1,
      descending: true,
      consistency: 'strong',
    });
    return items[0] && toVersion(items[0]);
  }

  async list(request: {
    readonly subject: string;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<VersionPage> {
    const { subject, limit, cursor } = request;
    const { items, lastKey } = await this.table.query({
      key: isSubject(subject),
      limit,
      descending: true,
      ...(cursor !== undefined && { startAfter: keyOf(subject, decodeVersionCursor(cursor)) }),
    });
    return {
      versions: items.map(toVersion),
      ...(lastKey && { cursor: encodeCursor('versions', Number(lastKey['VersionNumber'])) }),
    };
  }

  async listSubjects(request: { readonly limit: number; readonly cursor?: string }): Promise<SubjectPage> {
    const { limit, cursor } = request;
    const { items, lastKey } = await this.table.query({
      key: inBucket(this.bucket),
      index: VERSIONED_STATE_INDEX.name,
      limit,
      ...(cursor !== undefined && { startAfter: indexKeyOf(this.bucket, decodeSubjectCursor(cursor)) }),
    });
    return {
      subjects: items.map((item) => String(item['ServiceID'])),
      ...(lastKey && { cursor: encodeCursor('subjects', String(lastKey['ServiceID'])) }),
    };
  }

  async prune(tombstone: Version): Promise<void> {
    await this.table.put(toItem(tombstone, this.bucket), HAS_VALUE);
  }
}

/** Refused by an absent item, so that a pruner that comes late brings no expired key back. */
const HAS_VALUE: Condition = {
  expression: 'attribute_exists(ServiceID) AND attribute_not_exists(Pruned)',
};

function inBucket(bucket: string): Condition {
  return {
    expression: '#bucket = :bucket',
    names: { '#bucket': VERSIONED_STATE_INDEX.partitionKey },
    values: { ':bucket': bucket },
  };
}

function isSubject(subject: string): Condition {
  return { expression: 'ServiceID = :subject', values: { ':subject': subject } };
}

function keyOf(subject: string, number: number): Item {
  return { ServiceID: subject, VersionNumber: number };
}

function indexKeyOf(bucket: string, subject: string): Item {
  return { [VERSIONED_STATE_INDEX.partitionKey]: bucket, ...keyOf(subject, 1) };
}
