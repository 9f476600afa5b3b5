import { declareService, resourceVariables, type SettingsOf, variable } from '@latido/service-host';
import { serviceOf, topology } from '@latido/topology';

const { ports } = serviceOf(topology, 'heartbeat-monitor');
/** Services of the topology, all of which send heartbeats. */
const SENDERS = topology.services.map(({ name }) => name);

const variables = {
  ...resourceVariables,
  heartbeatIntervalMs: variable.integer({
    env: 'HEARTBEAT_INTERVAL_MS',
    default: 10_000,
    min: 1_000,
    max: 300_000,
    description:
      'T: how often processes say that they live, in milliseconds; every duration of the detector is a multiple of it',
  }),
  heartbeatQueueOrdinal: variable.integer({
    env: 'HEARTBEAT_QUEUE_ORDINAL',
    default: 0,
    min: 0,
    max: 99,
    description: 'Which heartbeat queue this replica reads; each replica has its own, or both are blind',
  }),
  missedBeats: variable.choice({
    env: 'DETECTOR_MISSED_BEATS',
    default: 'auto',
    of: ['3', '4', '6', '8', 'auto'],
    description:
      'k, missed heartbeats that mean down; auto is 3 on a good channel and rises with the measured loss of each service',
  }),
  edgeLostAfterMs: variable.integer({
    env: 'EDGE_LOST_AFTER_MS',
    default: undefined,
    min: 1_000,
    max: 86_400_000,
    description:
      'A message that is overtaken by later ones is lost after so many milliseconds; by default 25 s, for a relay to repeat it, and the time to notice a death',
  }),
  consumerPollers: variable.integer({
    env: 'CONSUMER_POLLERS',
    default: 2,
    min: 1,
    max: 64,
    description: 'Batches of heartbeats received at the same time; one reads about 300 a second from SQS',
  }),
  historyKeepVersions: variable.integer({
    env: 'HISTORY_KEEP_VERSIONS',
    default: 1_000,
    min: 1,
    max: 1_000_000,
    description: 'Newest state changes of a service that are kept; the values of older ones are removed',
  }),
  expectedInstances: variable.counts({
    env: 'EXPECTED_INSTANCES',
    default: undefined,
    min: 1,
    max: 20_000,
    maxNames: 100,
    description:
      'How many instances services should have, service-a=2,service-b=2, while no second witness says; a service that is scaled below it on purpose pages, so change it first. By default as many as were alive together in ten minutes, minus those that left',
  }),
  podWitness: variable.choice({
    env: 'POD_WITNESS',
    default: 'off',
    of: ['off', 'kubernetes'],
    description:
      'A second witness beside the heartbeats: kubernetes watches pods (RBAC pods: get, list, watch), needs POD_UID in every service, and takes 80 MB',
  }),
  podNamespace: variable.text({
    env: 'POD_NAMESPACE',
    default: undefined,
    description: 'Namespace whose pods are watched; by default the own one',
  }),
  podSelector: variable.text({
    env: 'POD_SELECTOR',
    default: `app.kubernetes.io/name=latido,app.kubernetes.io/component in (${SENDERS.join(',')})`,
    description: 'Label selector of the pods that send heartbeats; one that sends none would be called mute',
  }),
  podServiceLabel: variable.text({
    env: 'POD_SERVICE_LABEL',
    default: 'app.kubernetes.io/component',
    description: 'Label of a pod whose value is the name of its service',
  }),
  streamMaxClients: variable.integer({
    env: 'STREAM_MAX_CLIENTS',
    default: 100,
    min: 1,
    max: 10_000,
    description: 'Listeners of /api/stream at the same time; further ones are answered 503',
  }),
};

/** What heartbeat-monitor is configured by. The reference page of all variables is written from it. */
export const heartbeatMonitor = declareService({
  service: 'heartbeat-monitor',
  port: ports.http,
  metricsPort: ports.metrics,
  variables,
});

/** The settings of heartbeat-monitor, as they are injected by `SETTINGS`. */
export type MonitorSettings = SettingsOf<typeof variables>;
