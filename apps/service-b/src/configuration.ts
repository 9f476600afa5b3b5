import type { CommitOptions } from '@latido/event-commit';
import {
  declareService,
  heartbeatVariables,
  resourceVariables,
  type SettingsOf,
  variable,
} from '@latido/service-host';
import { serviceOf, topology } from '@latido/topology';

const DAY_MS = 24 * 60 * 60 * 1_000;

const { ports } = serviceOf(topology, 'service-b');

const variables = {
  ...resourceVariables,
  eventOrdering: variable.choice({
    env: 'EVENT_ORDERING',
    default: 'standard',
    of: ['standard', 'fifo'],
    description:
      'Which queue of events is consumed: the standard one, or the one that keeps order by subject',
  }),
  eventVersionOrder: variable.choice({
    env: 'EVENT_VERSION_ORDER',
    default: 'arrival',
    of: ['arrival', 'lamport'],
    description:
      'Which event is current: the last that arrived, or the last in Lamport order (put and delete only)',
  }),
  consumerMode: variable.choice({
    env: 'CONSUMER_MODE',
    default: 'auto',
    of: ['auto', 'manual'],
    description:
      'Whether events are consumed by themselves, or a batch at a time when asked; PUT /consumer changes it',
  }),
  consumerPollers: variable.integer({
    env: 'CONSUMER_POLLERS',
    default: 2,
    min: 1,
    max: 16,
    description: 'Batches handled at the same time; each poller owns a slot of the write-ahead log',
  }),
  visibilitySeconds: variable.integer({
    env: 'CONSUMER_VISIBILITY_SECONDS',
    default: 30,
    min: 2,
    max: 600,
    description: 'How long a received message is hidden at a time; also how long a crash delays it',
  }),
  dedupHorizonDays: variable.integer({
    env: 'DEDUP_HORIZON_DAYS',
    default: 45,
    min: 1,
    max: 3_650,
    description: 'How far back a copy of an event is still recognised; older events are quarantined',
  }),
  logWatchIntervalMs: variable.integer({
    env: 'LOG_WATCH_INTERVAL_MS',
    default: 60_000,
    min: 100,
    max: 3_600_000,
    description: 'How often the other writers of the log are looked at, in milliseconds',
  }),
  logAbandonedAfterMs: variable.integer({
    env: 'LOG_ABANDONED_AFTER_MS',
    default: 60_000,
    min: 100,
    max: 3_600_000,
    description:
      'A writer that shows no life for so long is taken over, in milliseconds; below 60,000 living ones are fenced for nothing',
  }),
  retentionKeepVersions: variable.integer({
    env: 'RETENTION_KEEP_VERSIONS',
    default: undefined,
    min: 1,
    max: 1_000_000_000,
    description:
      'Newest versions of a subject that keep their value; older values are removed. Not set: all are kept',
  }),
  retentionIntervalMinutes: variable.integer({
    env: 'RETENTION_INTERVAL_MINUTES',
    default: 60,
    min: 1,
    max: 10_080,
    description: 'How often old values are removed, where RETENTION_KEEP_VERSIONS is set',
  }),
  rpcHost: variable.text({
    env: 'RPC_HOST',
    default: '127.0.0.1',
    description: 'Address of the synchronous query for current state; it takes no token, so keep it inside',
  }),
  rpcPort: variable.integer({
    env: 'RPC_PORT',
    default: 3012,
    min: 0,
    max: 65_535,
    description: 'Port of the synchronous query for current state; 0 takes a free one',
  }),
  ...heartbeatVariables,
};

/** What service-b is configured by. The reference page of all variables is written from it. */
export const serviceB = declareService({
  service: 'service-b',
  port: ports.http,
  metricsPort: ports.metrics,
  variables,
});

/** The settings of service-b, as they are injected by `SETTINGS`. */
export type ServiceBSettings = SettingsOf<typeof variables>;

/**
 * How the versions of a subject are ordered. Lamport order makes good what comes out of order, so nothing
 * has to wait for an event that failed, whatever the queue.
 */
export function orderingOf({
  eventOrdering,
  eventVersionOrder,
}: Pick<ServiceBSettings, 'eventOrdering' | 'eventVersionOrder'>): CommitOptions['ordering'] {
  if (eventVersionOrder === 'lamport') return 'lamport';
  return eventOrdering === 'fifo' ? 'fifo' : 'arrival';
}

/** The dedup horizon of the settings, in milliseconds. */
export function dedupHorizonMs(settings: Pick<ServiceBSettings, 'dedupHorizonDays'>): number {
  return settings.dedupHorizonDays * DAY_MS;
}
