import { createMetrics, type Exposition } from '@latido/observability/prometheus';

/** Everything that heartbeat-monitor exports beside what every service does. */
export function monitorMetrics({ registry }: Pick<Exposition, 'registry'>) {
  return createMetrics(registry, [
    'interop_heartbeat_last_sent_timestamp_seconds',
    'interop_instance_info',
    'interop_instance_start_timestamp_seconds',
    'interop_service_instances',
    'interop_service_expected_instances',
    'interop_instance_transitions_total',
    'interop_instance_restarts_total',
    'interop_heartbeat_gap_missing_total',
    'interop_heartbeats_received_total',
    'interop_heartbeat_transit_seconds',
    'interop_heartbeat_interval_seconds',
    'interop_clock_skew_seconds',
    'interop_detector_missed_beats_threshold',
    'interop_channel_watermark_timestamp_seconds',
    'interop_monitor_blind',
    'interop_monitor_blind_seconds_total',
    'interop_mass_silence',
    'interop_canary_round_trip_seconds',
    'interop_canary_lost_total',
    'interop_detection_dwell_seconds',
    'interop_service_downstream_info',
    'interop_service_maintenance_until_timestamp_seconds',
    'interop_edge_messages_total',
    'interop_edge_messages_lost_total',
    'interop_edge_order_inversions_total',
    'interop_edge_in_flight',
    'interop_edge_last_message_timestamp_seconds',
    'interop_edge_contract_info',
    'interop_edge_contract_mismatches_total',
    'interop_lamport_clock',
    'interop_lamport_clamped_total',
  ]);
}

export type MonitorMetrics = ReturnType<typeof monitorMetrics>;
