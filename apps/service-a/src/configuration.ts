import {
  declareService,
  heartbeatVariables,
  resourceVariables,
  type SettingsOf,
  type StartProblem,
  variable,
} from '@latido/service-host';
import { serviceOf, topology } from '@latido/topology';

const DAY_MS = 24 * 60 * 60 * 1_000;

const { ports } = serviceOf(topology, 'service-a');

const variables = {
  ...resourceVariables,
  eventOrdering: variable.choice({
    env: 'EVENT_ORDERING',
    default: 'standard',
    of: ['standard', 'fifo'],
    description:
      'Whether events and receipts go over standard topics and queues, or over those that keep order by subject',
  }),
  eventIndex: variable.choice({
    env: 'EVENT_INDEX',
    default: 'all',
    of: ['all', 'open'],
    description:
      'Which events can be listed by status: all, or only pending and failed ones, which saves one write unit an event',
  }),
  eventOverdueAfterMs: variable.integer({
    env: 'EVENT_OVERDUE_AFTER_MS',
    default: 60_000,
    min: 1_000,
    max: 86_400_000,
    description:
      'A pending event of this age is shown as overdue, in milliseconds; that alone proves nothing',
  }),
  consumerPollers: variable.integer({
    env: 'CONSUMER_POLLERS',
    default: 2,
    min: 1,
    max: 16,
    description: 'Batches of receipts handled at the same time',
  }),
  dedupHorizonDays: variable.integer({
    env: 'DEDUP_HORIZON_DAYS',
    default: 45,
    min: 1,
    max: 3_650,
    description: 'How long an Idempotency-Key is remembered; events are kept a day longer than their key',
  }),
  serviceBRpcUrl: variable.text({
    env: 'SERVICE_B_RPC_URL',
    default: '127.0.0.1:3012',
    description: 'Where service-b answers the synchronous query for current state, host:port',
  }),
  ...heartbeatVariables,
  demoTrafficPerSecond: variable.integer({
    env: 'DEMO_TRAFFIC_PER_SECOND',
    default: 0,
    min: 0,
    max: 1_000,
    description:
      'Events a second that the service makes up by itself, to have something to look at; 0 makes none',
  }),
};

/** What service-a is configured by. The reference page of all variables is written from it. */
export const serviceA = declareService({
  service: 'service-a',
  port: ports.http,
  metricsPort: ports.metrics,
  variables,
  check: (settings) => peerProblems(settings.serviceBRpcUrl),
});

/** The variables of service-a, for those who take its host. */
export type ServiceAVariables = typeof variables;

/** The settings of service-a, as they are injected by `SETTINGS`. */
export type ServiceASettings = SettingsOf<ServiceAVariables>;

/** How long a key is remembered, in milliseconds. */
export function dedupHorizonMs(settings: Pick<ServiceASettings, 'dedupHorizonDays'>): number {
  return settings.dedupHorizonDays * DAY_MS;
}

/** An entry outlives its key, which expires a day after the horizon: without it, a late copy would publish the event anew. */
export function outboxEntryLifeMs(settings: Pick<ServiceASettings, 'dedupHorizonDays'>): number {
  return dedupHorizonMs(settings) + 2 * DAY_MS;
}

/** Host and port of service-b's query, from `host:port` or `tcp://host:port`; `undefined` for anything else. */
export function peerAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, host, port] = /^(?:tcp:\/\/)?([^\s/:]+|\[[0-9a-f:]+\]):(\d{1,5})$/i.exec(text) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return undefined;
  return { host: host.replaceAll(/^\[|\]$/g, ''), port: Number(port) };
}

function peerProblems(url: string): readonly StartProblem[] {
  if (peerAddress(url) !== undefined) return [];
  return [
    { problem: `SERVICE_B_RPC_URL is "${url}"`, fix: 'set it to host:port, for example 127.0.0.1:3012' },
  ];
}
