import { createMetrics, type Exposition, type Metrics } from '@latido/observability/prometheus';
import { EVENTS_TOPIC, SERVICE } from '../commands/build-event';

const NAMES = [
  'interop_events_pending',
  'interop_events_settled_total',
  'interop_event_oldest_pending_timestamp_seconds',
  'interop_messages_published_total',
  'interop_lamport_clock',
  'interop_lamport_clamped_total',
  'interop_queue_messages',
  'interop_dlq_messages',
  'interop_dead_letters_total',
  'interop_edge_delivery_seconds',
  'interop_edge_processing_seconds',
] as const;

export type ServiceMetrics = Metrics<(typeof NAMES)[number]>;

/** Injects the {@link ServiceMetrics}. */
export const METRICS = Symbol('METRICS');

/** Label of everything that one command leads to. */
export const WORKFLOW = { workflow: EVENTS_TOPIC } as const;

/** The edge over which receipts come. */
export const RECEIPTS_EDGE = { producer: 'service-b', consumer: SERVICE, topic: 'receipts' } as const;

/** Where receipts come from, also in the labels of their dead letters. */
export const RECEIPTS_QUEUE = 'service-a-receipts';

/** Dead-letter reasons that are exposed at 0 from the start. */
const DEAD_LETTER_REASONS = [
  'not_json',
  'invalid_attribute',
  'unknown_type',
  'unknown_version',
  'invalid_data',
  'max_receives',
];

/** The metrics of service-a; what is known to come starts at 0. */
export function serviceMetrics({ registry }: Exposition): ServiceMetrics {
  const metrics = createMetrics(registry, NAMES);
  metrics.interop_events_pending.startAtZero(WORKFLOW);
  metrics.interop_events_settled_total.startAtZero(WORKFLOW);
  metrics.interop_messages_published_total.startAtZero(published('state-events'));
  metrics.interop_messages_published_total.startAtZero(published('heartbeats'));
  metrics.interop_lamport_clamped_total.startAtZero({ service: SERVICE });
  for (const reason of DEAD_LETTER_REASONS)
    metrics.interop_dead_letters_total.startAtZero({ queue: RECEIPTS_QUEUE, reason });
  metrics.interop_edge_delivery_seconds.startAtZero(RECEIPTS_EDGE);
  metrics.interop_edge_processing_seconds.startAtZero(RECEIPTS_EDGE);
  return metrics;
}

/** Labels of messages that a topic took, in the one version of their contract that is written so far. */
export function published(topic: 'state-events' | 'heartbeats', version = '1') {
  return { producer: SERVICE, topic, version } as const;
}
