const paging = {
  limit: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
  cursor: { type: 'string', minLength: 1, maxLength: 1_024, description: 'From the page before' },
} as const;
const search = { type: 'string', minLength: 1, maxLength: 128, description: 'Part of the name' } as const;
const name = { type: 'string', minLength: 1, maxLength: 63 } as const;

/** Query of GET /api/services. */
export const servicesQuerySchema = {
  type: 'object',
  additionalProperties: false,
  properties: { ...paging, search },
} as const;

/** Query of GET /api/instances. */
export const instancesQuerySchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...paging,
    search,
    service: name,
    state: { enum: ['up', 'starting', 'draining', 'late', 'suspect', 'down', 'left', 'mute', 'unknown'] },
  },
} as const;

/** Query of GET /api/edges. */
export const edgesQuerySchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...paging,
    search: { ...search, description: 'Part of the name of an end, or of the topic' },
    service: { ...name, description: 'One end of the edge' },
  },
} as const;

/** Query of what takes none: one that is meant for another route is told, and not ignored. */
export const noQuerySchema = { type: 'object', additionalProperties: false, properties: {} } as const;

/** Query of GET /api/stream. */
export const streamQuerySchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    lastEventId: {
      type: 'string',
      minLength: 1,
      maxLength: 64,
      description: 'As the header Last-Event-ID, for listeners that cannot set it; the header counts more',
    },
  },
} as const;

/** Query of GET /api/history/{service}. */
export const historyQuerySchema = {
  type: 'object',
  additionalProperties: false,
  properties: { ...paging, limit: { ...paging.limit, maximum: 100, default: 20 } },
} as const;

/** Body of PUT /api/services/{service}/maintenance. */
export const maintenanceSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['until', 'reason'],
  properties: {
    until: { type: 'string', format: 'date-time' },
    reason: { type: 'string', minLength: 1, maxLength: 500 },
  },
} as const;

const texts = {
  type: 'object',
  maxProperties: 64,
  additionalProperties: { type: 'string', maxLength: 8_192 },
} as const;

/** Body of POST /alertmanager: what Alertmanager sends, version 4; what is not read is not checked. */
export const alertmanagerSchema = {
  type: 'object',
  required: ['alerts'],
  properties: {
    version: { type: 'string' },
    groupKey: { type: 'string' },
    alerts: {
      type: 'array',
      maxItems: 1_000,
      items: {
        type: 'object',
        required: ['status'],
        properties: {
          status: { enum: ['firing', 'resolved'] },
          fingerprint: { type: 'string', maxLength: 128 },
          startsAt: { type: 'string', maxLength: 64 },
          labels: texts,
          annotations: texts,
        },
      },
    },
  },
} as const;
