import type { MetricDefinition } from './metric-definition';

const service = { service: 'configured' } as const;
const queue = { queue: 'configured' } as const;
const edge = { producer: 'configured', consumer: 'configured', topic: 'configured' } as const;
const instance = { service: 'configured', instance_id: 'configured' } as const;

/** One series an instance: the bound is the largest fleet a monitor is measured with. */
const MAX_INSTANCES = 100_000;
/** 6,000 edges with up to five outcomes each is the largest set of books a monitor is measured with. */
const MAX_EDGE_SERIES = 30_000;

/** A thousand services with up to nine states, results or reasons each. */
const MAX_SERVICE_SERIES = 9_000;

/** Of requests and deliveries; 0.25 and 0.5 s are objectives, so they are bounds. */
const LATENCY_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1.5, 2.5, 4.5, 9.5, 29.5] as const;
const DWELL_SECONDS = [2.5, 5.5, 10.5, 20.5, 30.5, 40.5, 60.5, 90.5, 120.5] as const;
const EXPOSITION_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.5] as const;

/**
 * Every metric of the product, in one place: code creates metrics from it, the reference page is
 * written from it, rules and dashboards are checked against it.
 *
 * Names are Prometheus names with the prefix `interop_`, except the HTTP metric, which has the name
 * that OpenTelemetry gave it. `instance_id` appears on the three instance families and nowhere else.
 */
export const metricCatalogue = {
  interop_heartbeat_last_sent_timestamp_seconds: {
    type: 'gauge',
    labels: instance,
    unit: 'epoch seconds',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_INSTANCES,
    arena: true,
    help: 'When the newest heartbeat of an instance was sent, by its own corrected clock',
  },
  interop_instance_info: {
    type: 'gauge',
    labels: { ...instance, version: 'configured', zone: 'configured' },
    unit: 'info',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_INSTANCES,
    arena: true,
    help: 'An instance that is known, with its version and zone; always 1',
  },
  interop_instance_start_timestamp_seconds: {
    type: 'gauge',
    labels: instance,
    unit: 'epoch seconds',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_INSTANCES,
    arena: true,
    help: 'When an instance started',
  },
  interop_service_instances: {
    type: 'gauge',
    labels: {
      ...service,
      state: ['up', 'starting', 'draining', 'late', 'suspect', 'down', 'left', 'mute', 'unknown'],
    },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_SERVICE_SERIES,
    arena: true,
    help: 'Instances of a service by verdict; starting and draining ones are up and say so of themselves',
  },
  interop_service_expected_instances: {
    type: 'gauge',
    labels: service,
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    help: 'Instances a service should have',
  },
  interop_instance_transitions_total: {
    type: 'counter',
    labels: {
      ...service,
      to: ['up', 'late', 'suspect', 'down', 'left', 'mute', 'unknown'],
      reason: 'configured',
    },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_SERVICE_SERIES,
    arena: true,
    help: 'Changes of verdict by the state entered and the reason',
  },
  interop_instance_restarts_total: {
    type: 'counter',
    labels: service,
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    help: 'Instances seen with a new incarnation',
  },
  interop_heartbeat_gap_missing_total: {
    type: 'counter',
    labels: service,
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    help: 'Heartbeats missing between two that arrived',
  },
  interop_heartbeats_received_total: {
    type: 'counter',
    labels: { ...service, result: 'configured' },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_SERVICE_SERIES,
    arena: true,
    help: 'Heartbeats by result; service is _unknown where the message is malformed',
  },
  interop_heartbeat_transit_seconds: {
    type: 'histogram',
    labels: {},
    unit: 'seconds',
    stability: 'stable',
    exportedBy: 'monitor',
    buckets: LATENCY_SECONDS,
    help: 'From the sending of a heartbeat to its arrival at the monitor',
  },
  interop_heartbeat_interval_seconds: {
    type: 'gauge',
    labels: service,
    unit: 'seconds',
    stability: 'stable',
    exportedBy: 'monitor',
    help: 'Interval that the instances of a service promise',
  },
  interop_clock_skew_seconds: {
    type: 'gauge',
    labels: service,
    unit: 'seconds',
    stability: 'beta',
    exportedBy: 'monitor',
    help: 'Largest estimated offset of a sender clock among the instances of a service',
  },
  interop_detector_missed_beats_threshold: {
    type: 'gauge',
    labels: service,
    unit: 'beats',
    stability: 'beta',
    exportedBy: 'monitor',
    help: 'Missed heartbeats after which an instance is down',
  },
  interop_channel_watermark_timestamp_seconds: {
    type: 'gauge',
    labels: queue,
    unit: 'epoch seconds',
    stability: 'stable',
    exportedBy: 'monitor',
    help: 'Up to which sending time a heartbeat queue is known to be read',
  },
  interop_monitor_blind: {
    type: 'gauge',
    labels: { reason: ['lag', 'canary', 'loop_stall', 'settling', 'warming'] },
    unit: 'ratio 0/1',
    stability: 'stable',
    exportedBy: 'monitor',
    help: 'Whether this monitor cannot trust what it sees; verdicts are held while it is 1',
  },
  interop_monitor_blind_seconds_total: {
    type: 'counter',
    labels: { reason: ['lag', 'canary', 'loop_stall', 'settling', 'warming'] },
    unit: 'seconds',
    stability: 'stable',
    exportedBy: 'monitor',
    help: 'Time spent blind by reason',
  },
  interop_mass_silence: {
    type: 'gauge',
    labels: {},
    unit: 'ratio 0/1',
    stability: 'stable',
    exportedBy: 'monitor',
    help: 'Whether so many instances fell silent at once that a common cause is likelier',
  },
  interop_canary_round_trip_seconds: {
    type: 'histogram',
    labels: queue,
    unit: 'seconds',
    stability: 'stable',
    exportedBy: 'monitor',
    buckets: LATENCY_SECONDS,
    help: 'From the sending of an own canary to its arrival',
  },
  interop_canary_lost_total: {
    type: 'counter',
    labels: queue,
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    help: 'Own canaries that never arrived',
  },
  interop_detection_dwell_seconds: {
    type: 'histogram',
    labels: { reason: 'configured' },
    unit: 'seconds',
    stability: 'beta',
    exportedBy: 'monitor',
    buckets: DWELL_SECONDS,
    help: 'From the last heartbeat of an instance to its verdict',
  },
  interop_witness_connected: {
    type: 'gauge',
    labels: { witness: ['kubernetes'] },
    unit: 'ratio 0/1',
    stability: 'beta',
    exportedBy: 'monitor',
    help: 'Whether the second witness can be reached; no series where there is none',
  },
  interop_witness_losses_total: {
    type: 'counter',
    labels: { witness: ['kubernetes'] },
    unit: 'count',
    stability: 'beta',
    exportedBy: 'monitor',
    help: 'Times the second witness could not be reached any more; heartbeats decided alone until it could',
  },
  interop_service_maintenance_until_timestamp_seconds: {
    type: 'gauge',
    labels: service,
    unit: 'epoch seconds',
    stability: 'beta',
    exportedBy: 'monitor',
    help: 'Until when an operator has marked a service as being worked on; no series without a mark that holds',
  },
  interop_service_downstream_info: {
    type: 'gauge',
    labels: { cause_service: 'configured', service: 'configured' },
    unit: 'info',
    stability: 'stable',
    exportedBy: 'monitor',
    help: 'A service that suffers when cause_service fails, from the topology; always 1',
  },
  interop_messages_published_total: {
    type: 'counter',
    labels: { producer: 'configured', topic: 'configured', version: 'configured' },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'producer',
    help: 'Messages a topic accepted, by contract version',
  },
  interop_edge_messages_total: {
    type: 'counter',
    labels: { ...edge, outcome: ['delivered', 'duplicate', 'late', 'failed', 'dead_lettered'] },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_EDGE_SERIES,
    arena: true,
    help: 'Messages of an edge by what became of them',
  },
  interop_edge_messages_lost_total: {
    type: 'counter',
    labels: edge,
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_EDGE_SERIES,
    arena: true,
    help: 'Messages of an edge that were published and never arrived',
  },
  interop_edge_order_inversions_total: {
    type: 'counter',
    labels: edge,
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_EDGE_SERIES,
    arena: true,
    help: 'Messages of an edge that arrived after one with a higher number',
  },
  interop_edge_in_flight: {
    type: 'gauge',
    labels: edge,
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_EDGE_SERIES,
    arena: true,
    help: 'Messages of an edge that were published and have not arrived yet',
  },
  interop_edge_last_message_timestamp_seconds: {
    type: 'gauge',
    labels: edge,
    unit: 'epoch seconds',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_EDGE_SERIES,
    arena: true,
    help: 'When the newest message of an edge arrived',
  },
  interop_edge_delivery_seconds: {
    type: 'histogram',
    labels: edge,
    unit: 'seconds',
    stability: 'stable',
    exportedBy: 'consumer',
    buckets: LATENCY_SECONDS,
    exemplars: true,
    help: 'From the making of an event to its arrival at the consumer',
  },
  interop_edge_processing_seconds: {
    type: 'histogram',
    labels: edge,
    unit: 'seconds',
    stability: 'stable',
    exportedBy: 'consumer',
    buckets: LATENCY_SECONDS,
    exemplars: true,
    help: 'From the arrival of an event to the end of its handling',
  },
  interop_edge_contract_mismatches_total: {
    type: 'counter',
    labels: { ...edge, kind: 'configured' },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'monitor',
    maxSeries: MAX_EDGE_SERIES,
    arena: true,
    help: 'Messages of an edge that its consumer does not understand, by kind',
  },
  interop_edge_contract_info: {
    type: 'gauge',
    labels: { ...edge, produced: 'configured', accepted: 'configured' },
    unit: 'info',
    stability: 'beta',
    exportedBy: 'monitor',
    maxSeries: MAX_EDGE_SERIES,
    arena: true,
    help: 'Contract versions that the ends of an edge produce and accept, cut with a digest past 128 characters; always 1',
  },
  interop_commits_total: {
    type: 'counter',
    labels: { outcome: ['applied', 'duplicate', 'moved', 'rejected', 'quarantined', 'failed'] },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'consumer',
    help: 'Events by what the commit protocol did with them; rejected ones are answered for good, failed ones come again',
  },
  interop_commit_write_units_total: {
    type: 'counter',
    labels: { table: 'configured' },
    unit: 'write units',
    stability: 'stable',
    exportedBy: 'consumer',
    help: 'Write units that commits used',
  },
  interop_commit_read_units_total: {
    type: 'counter',
    labels: { table: 'configured' },
    unit: 'read units',
    stability: 'stable',
    exportedBy: 'consumer',
    help: 'Read units that commits used',
  },
  interop_events_pending: {
    type: 'gauge',
    labels: { workflow: 'configured' },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'producer',
    help: 'Accepted events without a receipt',
  },
  interop_events_settled_total: {
    type: 'counter',
    labels: { workflow: 'configured', outcome: ['complete', 'failed'] },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'producer',
    help: 'Accepted events that were settled by a receipt',
  },
  interop_event_oldest_pending_timestamp_seconds: {
    type: 'gauge',
    labels: { workflow: 'configured' },
    unit: 'epoch seconds',
    stability: 'stable',
    exportedBy: 'producer',
    help: 'When the oldest event without a receipt was accepted',
  },
  interop_queue_messages: {
    type: 'gauge',
    labels: { ...queue, state: ['visible', 'in_flight', 'delayed'] },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'consumer',
    help: 'Messages in a queue',
  },
  interop_dlq_messages: {
    type: 'gauge',
    labels: { ...queue, state: ['visible', 'in_flight', 'delayed'] },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'consumer',
    help: 'Dead letters of a queue',
  },
  interop_dead_letters_total: {
    type: 'counter',
    labels: { ...queue, reason: 'configured' },
    unit: 'count',
    stability: 'beta',
    exportedBy: 'consumer',
    help: 'Messages that a consumer moved to the dead-letter queue, by reason; queue is where they came from',
  },
  interop_lamport_clock: {
    type: 'gauge',
    labels: service,
    unit: 'count',
    stability: 'stable',
    exportedBy: 'each',
    help: 'Lamport time of this process',
  },
  interop_lamport_clamped_total: {
    type: 'counter',
    labels: service,
    unit: 'count',
    stability: 'stable',
    exportedBy: 'each',
    help: 'Remote Lamport times that jumped too far and were clamped',
  },
  interop_series_dropped_total: {
    type: 'counter',
    labels: { metric: 'configured' },
    unit: 'count',
    stability: 'stable',
    exportedBy: 'each',
    help: 'Samples dropped because their metric has as many series as it may have',
  },
  interop_exposition_seconds: {
    type: 'histogram',
    labels: {},
    unit: 'seconds',
    stability: 'stable',
    exportedBy: 'each',
    buckets: EXPOSITION_SECONDS,
    help: 'Time a scrape took to write, the last one excluded',
  },
  interop_build_info: {
    type: 'gauge',
    labels: { service: 'configured', version: 'configured', node_version: 'configured' },
    unit: 'info',
    stability: 'stable',
    exportedBy: 'each',
    help: 'The build that runs; always 1',
  },
  http_server_request_duration_seconds: {
    type: 'histogram',
    labels: {
      http_request_method: 'configured',
      http_route: 'configured',
      http_response_status_code: 'configured',
    },
    unit: 'seconds',
    stability: 'stable',
    exportedBy: 'each',
    buckets: LATENCY_SECONDS,
    help: 'Duration of HTTP requests served; the route is the pattern, never the path',
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

type Catalogue = typeof metricCatalogue;

/** Name of a metric in the catalogue. */
export type MetricName = keyof Catalogue;

type LabelValue<R> = R extends readonly (infer V)[] ? V : string;

/** The labels of a metric, each with the values it may have. */
export type LabelsOf<N extends MetricName> = {
  readonly [L in keyof Catalogue[N]['labels']]: LabelValue<Catalogue[N]['labels'][L]>;
};

/** The labels of a metric whose values are not listed in the catalogue. */
export type ConfiguredLabelsOf<N extends MetricName> = {
  readonly [
    L in keyof Catalogue[N]['labels'] as Catalogue[N]['labels'][L] extends 'configured' ? L : never
  ]: string;
};

/** Names of the metrics of one type. */
export type MetricNameOf<T extends MetricDefinition['type']> = {
  [N in MetricName]: Catalogue[N]['type'] extends T ? N : never;
}[MetricName];

/** Names of the metrics that are kept as text: those with many series. */
export type ArenaMetricName = {
  [N in MetricName]: Catalogue[N] extends { readonly arena: true } ? N : never;
}[MetricName];
