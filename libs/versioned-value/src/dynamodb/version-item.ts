import type { Item } from '@latido/persistence/dynamodb';
import type { JsonValue, Version, VersionCause, VersionContent } from '../core/version';
import { VERSIONED_STATE_INDEX } from './versioned-state-index';

/**
 * One version as an item of the VersionedState table.
 *
 * The value is JSON text, not a DynamoDB map: every JSON value survives exactly (numbers of any
 * size, any depth), and its size is the size of its text. A version with a record of 300 bytes stays
 * under 1 KB, one write unit.
 */
export function toItem(version: Version, bucket: string = VERSIONED_STATE_INDEX.bucket): Item {
  return {
    ServiceID: version.subject,
    VersionNumber: version.number,
    ...contentAttributes(version.content),
    RequestID: version.requestId,
    Token: version.token,
    Cause: version.cause,
    Checksum: version.checksum,
    Lamport: version.lamport,
    Clock: version.clock,
    WrittenAt: version.writtenAtMs,
    ...(version.supersededBy && { SupersededBy: version.supersededBy }),
    ...(version.number === 1 && { [VERSIONED_STATE_INDEX.partitionKey]: bucket }),
    ...(version.expiresAtEpochSeconds !== undefined && { ExpiresAt: version.expiresAtEpochSeconds }),
  };
}

export function toVersion(item: Item): Version {
  return {
    subject: String(item['ServiceID']),
    number: Number(item['VersionNumber']),
    content: contentOf(item),
    requestId: String(item['RequestID']),
    token: String(item['Token']),
    cause: item['Cause'] as VersionCause,
    checksum: String(item['Checksum']),
    lamport: Number(item['Lamport']),
    clock: Number(item['Clock']),
    writtenAtMs: Number(item['WrittenAt']),
    ...(item['SupersededBy'] !== undefined && {
      supersededBy: item['SupersededBy'] as NonNullable<Version['supersededBy']>,
    }),
    ...(item['ExpiresAt'] !== undefined && { expiresAtEpochSeconds: Number(item['ExpiresAt']) }),
  };
}

function contentAttributes(content: VersionContent): Item {
  if (content.kind === 'value') return { Value: JSON.stringify(content.value) };
  return content.kind === 'deleted' ? { Deleted: true } : { Pruned: true };
}

function contentOf(item: Item): VersionContent {
  if (item['Pruned'] === true) return { kind: 'pruned' };
  if (item['Deleted'] === true) return { kind: 'deleted' };
  return { kind: 'value', value: JSON.parse(String(item['Value'])) as JsonValue };
}
