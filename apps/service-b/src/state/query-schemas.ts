const page = {
  limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
  cursor: { type: 'string', minLength: 1, maxLength: 2_048 },
} as const;

const versionNumber = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } as const;

/** `?limit=&cursor=` */
export const PAGE_SCHEMA = { type: 'object', additionalProperties: false, properties: page } as const;

/** `?lamport=` or `?time=`; that it is exactly one says `instantOf`, in better words than a schema can. */
export const INSTANT_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    lamport: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    time: { type: 'string', format: 'date-time' },
  },
} as const;

/** `?from=&to=`, both version numbers. */
export const DIFFERENCE_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to'],
  properties: { from: versionNumber, to: versionNumber },
} as const;

/** Body of a rollback. */
export const ROLLBACK_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['toVersion'],
  properties: { toVersion: versionNumber },
} as const;
