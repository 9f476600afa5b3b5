import type { QueueDescription, Topology } from './description';

export type ServiceName = 'service-a' | 'service-b' | 'heartbeat-monitor';
export type TopicName = 'state-events' | 'receipts' | 'heartbeats';
export type QueueName = 'service-b-events' | 'service-a-receipts' | `heartbeat-monitor-heartbeats-${number}`;
export type TableName = 'IdempotencyTable' | 'VersionedState' | 'WriteAheadLog';

interface LatidoNames {
  readonly service: ServiceName;
  readonly topic: TopicName;
  readonly queue: QueueName;
  readonly table: TableName;
}

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/**
 * The consumers say what is poison and move it themselves, with its reason. A queue that counts receives cannot
 * tell poison from a good message that comes back during an outage, so it counts far: what still gets there
 * has ended its consumer a hundred times.
 */
const MAX_RECEIVES = 100;

/** One heartbeat queue a monitor replica, so that each replica hears everything. */
export const MONITOR_REPLICAS = 2;

/** The heartbeat queue of the monitor replica with this StatefulSet ordinal, from 0. */
export function heartbeatQueueName(ordinal: number): QueueName {
  return `heartbeat-monitor-heartbeats-${ordinal}`;
}

const heartbeatQueueNames = Array.from({ length: MONITOR_REPLICAS }, (_, ordinal) =>
  heartbeatQueueName(ordinal),
);

/** Four days bridge a long weekend; fourteen is the most SQS keeps, and dead letters wait for a person. */
function businessQueue(name: QueueName): QueueDescription<LatidoNames> {
  return {
    name,
    fifoTwin: true,
    visibilityTimeoutSeconds: MINUTE_SECONDS,
    retentionSeconds: 4 * DAY_SECONDS,
    deadLetter: { maxReceiveCount: MAX_RECEIVES, retentionSeconds: 14 * DAY_SECONDS },
  };
}

/** Old heartbeats say nothing about now: they leave by themselves, so that an outage purges its own backlog. */
function heartbeatQueue(name: QueueName): QueueDescription<LatidoNames> {
  return {
    name,
    fifoTwin: false,
    visibilityTimeoutSeconds: 30,
    retentionSeconds: 2 * MINUTE_SECONDS,
    deadLetter: { maxReceiveCount: MAX_RECEIVES, retentionSeconds: HOUR_SECONDS },
  };
}

/**
 * Latido itself: the one place that says which services, topics, queues and tables exist and who may touch them.
 *
 *     service-a --state-events--> service-b
 *     service-a <----receipts---- service-b
 *     everyone ----heartbeats---> heartbeat-monitor (each replica)
 *
 * The embedded AWS is seeded from it; whatever else is created or granted comes from it too.
 */
export const topology: Topology<LatidoNames> = {
  services: [
    {
      name: 'service-a',
      ports: { http: 3001, metrics: 9101 },
      publishes: ['state-events', 'heartbeats'],
      consumes: ['service-a-receipts'],
      reads: ['IdempotencyTable', 'WriteAheadLog'],
      writes: ['IdempotencyTable', 'WriteAheadLog'],
    },
    {
      name: 'service-b',
      ports: { http: 3002, metrics: 9102, rpc: 3012 },
      publishes: ['receipts', 'heartbeats'],
      consumes: ['service-b-events'],
      reads: ['IdempotencyTable', 'VersionedState', 'WriteAheadLog'],
      writes: ['IdempotencyTable', 'VersionedState', 'WriteAheadLog'],
    },
    {
      name: 'heartbeat-monitor',
      ports: { http: 3003, metrics: 9103 },
      publishes: ['heartbeats'],
      consumes: heartbeatQueueNames,
      reads: ['VersionedState', 'WriteAheadLog'],
      writes: ['VersionedState', 'WriteAheadLog'],
    },
  ],
  topics: [
    { name: 'state-events', fifoTwin: true },
    { name: 'receipts', fifoTwin: true },
    { name: 'heartbeats', fifoTwin: false },
  ],
  queues: [
    businessQueue('service-b-events'),
    businessQueue('service-a-receipts'),
    ...heartbeatQueueNames.map(heartbeatQueue),
  ],
  subscriptions: [
    { topic: 'state-events', queue: 'service-b-events' },
    { topic: 'receipts', queue: 'service-a-receipts' },
    ...heartbeatQueueNames.map((queue) => ({ topic: 'heartbeats' as const, queue })),
  ],
  tables: [
    {
      name: 'IdempotencyTable',
      partitionKey: { name: 'RequestID', type: 'S' },
      indexes: [],
      ttlAttribute: 'ExpiresAt',
    },
    {
      name: 'VersionedState',
      partitionKey: { name: 'ServiceID', type: 'S' },
      sortKey: { name: 'VersionNumber', type: 'N' },
      indexes: [
        {
          name: 'Subjects',
          partitionKey: { name: 'SubjectBucket', type: 'S' },
          sortKey: { name: 'ServiceID', type: 'S' },
          projection: 'keys',
        },
      ],
      ttlAttribute: 'ExpiresAt',
    },
    {
      name: 'WriteAheadLog',
      partitionKey: { name: 'LogID', type: 'S' },
      indexes: [
        {
          name: 'OutboxByStatus',
          partitionKey: { name: 'OutboxStatus', type: 'S' },
          sortKey: { name: 'NextAt', type: 'N' },
          // All but the message: a write of the index stays within one write unit, however large the event.
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
        },
      ],
      ttlAttribute: 'ExpiresAt',
    },
  ],
};
