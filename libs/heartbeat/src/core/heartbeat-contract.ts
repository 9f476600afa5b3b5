import { HEARTBEAT_LIMITS as LIMITS } from './heartbeat-limits';

const name = { type: 'string', ...LIMITS.name };
const integerFrom = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum });

const topicContracts = {
  type: 'array',
  maxItems: LIMITS.topics,
  items: {
    type: 'object',
    required: ['topic', 'contracts'],
    properties: {
      topic: name,
      contracts: {
        type: 'array',
        maxItems: LIMITS.contractsPerTopic,
        items: { type: 'string', ...LIMITS.contract },
      },
    },
  },
};

/**
 * The heartbeat as a contract of the event envelope: its type, its version and the JSON Schema
 * (draft 2020-12) of its data. It accepts exactly what `validateHeartbeat` accepts.
 *
 * Unknown fields are allowed, so that a newer sender is still heard by an older monitor.
 */
export const heartbeatContract = {
  type: 'latido.heartbeat.v1',
  version: '1',
  schema: {
    type: 'object',
    required: [
      'service',
      'instanceId',
      'incarnation',
      'seq',
      'sentAtMs',
      'uptimeMs',
      'intervalMs',
      'state',
      'version',
      'produces',
      'accepts',
      'edges',
    ],
    properties: {
      service: name,
      instanceId: { type: 'string', ...LIMITS.instanceId },
      incarnation: {
        type: 'object',
        required: ['epoch', 'token'],
        properties: {
          epoch: integerFrom(0, LIMITS.integer.maximum),
          token: { type: 'string', ...LIMITS.token },
        },
      },
      seq: integerFrom(1, LIMITS.integer.maximum),
      sentAtMs: integerFrom(0, LIMITS.sentAtMs.maximum),
      uptimeMs: integerFrom(0, LIMITS.integer.maximum),
      intervalMs: integerFrom(LIMITS.intervalMs.minimum, LIMITS.intervalMs.maximum),
      state: { enum: ['starting', 'up', 'draining', 'goodbye'] },
      version: { type: 'string', ...LIMITS.version },
      zone: name,
      produces: topicContracts,
      accepts: topicContracts,
      edges: { type: 'array', maxItems: LIMITS.edges, items: { type: 'object' } },
    },
  },
} as const;
