import { createMetrics, type Exposition, type Metrics } from '@latido/observability/prometheus';
import { edges, topology } from '@latido/topology';
import { EVENTS_QUEUE } from '../infrastructure/infrastructure';

const NAMES = [
  'interop_commits_total',
  'interop_commit_write_units_total',
  'interop_commit_read_units_total',
  'interop_edge_delivery_seconds',
  'interop_edge_processing_seconds',
  'interop_queue_messages',
  'interop_dlq_messages',
  'interop_dead_letters_total',
  'interop_messages_published_total',
  'interop_lamport_clock',
  'interop_lamport_clamped_total',
] as const;

/** The metrics that service-b fills; HTTP, build and exposition come from its host. */
export type ServiceBMetrics = Metrics<(typeof NAMES)[number]>;

/** Injects {@link ServiceBMetrics}. */
export const METRICS = Symbol('METRICS');

/** Dead-letter reasons that are exposed at 0 from the start; the others appear with their first message. */
const KNOWN_REASONS = [
  'not_json',
  'invalid_attribute',
  'unknown_type',
  'unknown_version',
  'invalid_data',
  'reserved_subject',
  'fingerprint_conflict',
  'beyond_horizon',
  'max_receives',
];

/** Labels of the own heartbeats, in the one version that is written so far. */
export const PUBLISHED_HEARTBEATS = { producer: 'service-b', topic: 'heartbeats', version: '1' } as const;

/** The edges that end at this service, as the topology says. */
export const INCOMING = edges(topology).filter(({ queue }) => queue === EVENTS_QUEUE);

/** Creates the metrics, with every series that is known before anything happens at 0. */
export function serviceBMetrics({ registry }: Exposition): ServiceBMetrics {
  const metrics = createMetrics(registry, NAMES);
  for (const { name: table } of topology.tables) {
    metrics.interop_commit_write_units_total.startAtZero({ table });
    metrics.interop_commit_read_units_total.startAtZero({ table });
  }
  for (const { producer, consumer, topic } of INCOMING) {
    metrics.interop_edge_delivery_seconds.startAtZero({ producer, consumer, topic });
    metrics.interop_edge_processing_seconds.startAtZero({ producer, consumer, topic });
  }
  for (const reason of KNOWN_REASONS)
    metrics.interop_dead_letters_total.startAtZero({ queue: EVENTS_QUEUE, reason });
  metrics.interop_messages_published_total.startAtZero({
    producer: 'service-b',
    topic: 'receipts',
    version: '1',
  });
  metrics.interop_messages_published_total.startAtZero(PUBLISHED_HEARTBEATS);
  metrics.interop_lamport_clamped_total.startAtZero({ service: 'service-b' });
  return metrics;
}
