/**
 * The sparse index of the VersionedState table that lists the subjects: only version 1 of each
 * subject carries the bucket, so the index has one entry a subject. It projects the keys.
 *
 * One bucket takes about 1,000 *new* subjects a second; a subject that exists costs it nothing.
 */
export const VERSIONED_STATE_INDEX = {
  name: 'Subjects',
  partitionKey: 'SubjectBucket',
  sortKey: 'ServiceID',
  /** The value of the partition key, unless the store was given a bucket of its own. */
  bucket: 'subjects',
} as const;
