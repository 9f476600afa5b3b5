import type { IndexDefinition } from '@latido/persistence';

/** Name of the index that lists entries by status. */
export const OUTBOX_INDEX_NAME = 'OutboxByStatus';

/**
 * The index of the WriteAheadLog table that lists outbox entries by status, the next to be published first.
 *
 * Sparse: only outbox entries carry `OutboxStatus` (`<service>#<status>`). The message is not projected, so a
 * write of the index costs one write unit, however large the event.
 */
export const OUTBOX_INDEX = {
  name: OUTBOX_INDEX_NAME,
  partitionKey: { name: 'OutboxStatus', type: 'S' },
  sortKey: { name: 'NextAt', type: 'N' },
  projection: [
    'Subject',
    'Topic',
    'Fingerprint',
    'CreatedAt',
    'Attempts',
    'Revision',
    'SettledAt',
    'RedrivenAt',
    'Version',
    'Certain',
    'Reason',
    'ExpiresAt',
  ],
} as const satisfies IndexDefinition;
