import type { ApiObjective, DrainDescription, Ownership, QueueDescription, Topology } from './description';

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
 * tell poison from a good message that comes back during an outage, so it counts far. What still gets near
 * has ended its consumer again and again: the consumer dead-letters it ten receives before, so that somebody hears of it.
 */
const MAX_RECEIVES = 100;

/** A few seconds of work of a replica, which does some hundreds a second: more waiting means it does not keep up. */
const MESSAGES_PER_REPLICA = 500;

/** One heartbeat queue a monitor replica, so that each replica hears everything. */
export const MONITOR_REPLICAS = 2;

/** The heartbeat queue of the monitor replica with this StatefulSet ordinal, from 0. */
export function heartbeatQueueName(ordinal: number): QueueName {
  return `heartbeat-monitor-heartbeats-${ordinal}`;
}

const heartbeatQueueNames = Array.from({ length: MONITOR_REPLICAS }, (_, ordinal) =>
  heartbeatQueueName(ordinal),
);

/**
 * The bounds of what a service does when it stops fit into these seconds; its steps stand in its stop sequence.
 * Proxies and gateways take some seconds to learn that a pod leaves; until then it goes on answering.
 */
function drain(seconds: Omit<DrainDescription, 'preStopSeconds'>): DrainDescription {
  return { preStopSeconds: 5, ...seconds };
}

/** Four days bridge a long weekend; fourteen is the most SQS keeps, and dead letters wait for a person. */
function businessQueue(name: QueueName): QueueDescription<LatidoNames> {
  return {
    name,
    fifoTwin: true,
    visibilityTimeoutSeconds: MINUTE_SECONDS,
    retentionSeconds: 4 * DAY_SECONDS,
    deadLetter: {
      maxReceiveCount: MAX_RECEIVES,
      retentionSeconds: 14 * DAY_SECONDS,
      filledByConsumer: true,
    },
    scaling: { messagesPerReplica: MESSAGES_PER_REPLICA },
  };
}

/** Old heartbeats say nothing about now: they leave by themselves, so that an outage purges its own backlog. */
function heartbeatQueue(name: QueueName): QueueDescription<LatidoNames> {
  return {
    name,
    fifoTwin: false,
    visibilityTimeoutSeconds: 30,
    retentionSeconds: 2 * MINUTE_SECONDS,
    deadLetter: { maxReceiveCount: MAX_RECEIVES, retentionSeconds: HOUR_SECONDS, filledByConsumer: false },
  };
}

/** Fewer cases say nothing about a share. */
const MINIMUM_EVENTS = 20;

/** A person who waits notices half a second; what is slower or fails uses up the budget. */
const API: ApiObjective = {
  availability: { share: 0.999, minimumEvents: 100 },
  latency: { share: 0.99, withinSeconds: 0.5, minimumEvents: 100 },
};
const EVENTS: Ownership = { team: 'events', tier: 1, onCall: 'events-primary' };
const STATE: Ownership = { team: 'state', tier: 1, onCall: 'state-primary' };
const PLATFORM: Ownership = { team: 'platform', tier: 1, onCall: 'platform-primary' };

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
      owner: EVENTS,
      api: API,
      publishes: ['state-events', 'heartbeats'],
      consumes: ['service-a-receipts'],
      redrives: ['service-b-events', 'service-a-receipts'],
      reads: [
        { table: 'IdempotencyTable', by: ['GetItem'], indexes: [] },
        { table: 'WriteAheadLog', by: ['GetItem'], indexes: ['OutboxByStatus'] },
      ],
      writes: [
        { table: 'IdempotencyTable', by: ['PutItem'] },
        { table: 'WriteAheadLog', by: ['PutItem', 'UpdateItem'] },
      ],
      calls: [{ service: 'service-b', port: 'rpc' }],
      receivesAlerts: false,
      watchesPods: false,
      drain: drain({ longestHandlerSeconds: 12, flushSeconds: 8 }),
    },
    {
      name: 'service-b',
      ports: { http: 3002, metrics: 9102, rpc: 3012 },
      owner: STATE,
      api: API,
      publishes: ['receipts', 'heartbeats'],
      consumes: ['service-b-events'],
      redrives: [],
      reads: [
        { table: 'IdempotencyTable', by: ['GetItem'], indexes: [] },
        { table: 'VersionedState', by: ['GetItem', 'Query'], indexes: ['Subjects'] },
        { table: 'WriteAheadLog', by: ['GetItem'], indexes: [] },
      ],
      writes: [
        { table: 'IdempotencyTable', by: ['PutItem'] },
        { table: 'VersionedState', by: ['PutItem'] },
        { table: 'WriteAheadLog', by: ['PutItem', 'UpdateItem'] },
      ],
      calls: [],
      receivesAlerts: false,
      watchesPods: false,
      drain: drain({ longestHandlerSeconds: 13, flushSeconds: 12 }),
    },
    {
      name: 'heartbeat-monitor',
      ports: { http: 3003, metrics: 9103 },
      owner: PLATFORM,
      api: API,
      publishes: ['heartbeats'],
      consumes: heartbeatQueueNames,
      redrives: [],
      reads: [
        { table: 'VersionedState', by: ['GetItem', 'Query'], indexes: ['Subjects'] },
        { table: 'WriteAheadLog', by: ['GetItem'], indexes: [] },
      ],
      writes: [
        { table: 'VersionedState', by: ['PutItem'] },
        { table: 'WriteAheadLog', by: ['PutItem', 'UpdateItem'] },
      ],
      calls: [],
      receivesAlerts: true,
      watchesPods: true,
      drain: drain({ longestHandlerSeconds: 8, flushSeconds: 12 }),
    },
  ],
  topics: [
    { name: 'state-events', fifoTwin: true, archived: true },
    { name: 'receipts', fifoTwin: true, archived: true },
    { name: 'heartbeats', fifoTwin: false, archived: false },
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
  localAwsPorts: { messaging: 4566, dynamodb: 4567 },
  edgeObjectives: [
    {
      producer: 'service-a',
      topic: 'state-events',
      consumer: 'service-b',
      share: 0.99,
      withinSeconds: 2.5,
      minimumEvents: MINIMUM_EVENTS,
    },
    {
      producer: 'service-b',
      topic: 'receipts',
      consumer: 'service-a',
      share: 0.99,
      withinSeconds: 2.5,
      minimumEvents: MINIMUM_EVENTS,
    },
  ],
  workflowObjectives: [
    { workflow: 'state-events', service: 'service-a', share: 0.999, minimumEvents: MINIMUM_EVENTS },
  ],
};
