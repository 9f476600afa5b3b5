import type { DashboardDescription } from './description';
import { maxBy, quantile, rate, rateOfReplicas, scope, series, sumBy } from './query';
import { everyReplicaBlind } from './verdicts';

/** What 0 and 1 mean of a monitor's sight. */
export const BLIND_WORDS = {
  '0': { text: 'sees', color: 'green' },
  '1': { text: 'BLIND', color: 'red' },
} as const;

const ofMonitor = 'app="heartbeat-monitor"';

/** Who watches the watchman? */
export const monitor: DashboardDescription = {
  uid: 'latido-monitor',
  title: 'Latido / Monitor',
  description: 'Whether heartbeat-monitor hears everything, in time, and decides well.',
  variables: [],
  rows: [
    {
      title: 'Sight',
      panels: [
        {
          kind: 'number',
          title: 'All replicas together',
          description: 'Blind only if every replica is: one that sees is enough.',
          unit: 'none',
          width: 6,
          words: BLIND_WORDS,
          queries: [{ expr: everyReplicaBlind }],
        },
        {
          kind: 'lines',
          title: 'Blind replicas and why',
          description: '1 while a replica is blind for that reason. Warming is usual after a start.',
          unit: 'short',
          width: 9,
          queries: [
            { expr: maxBy('pod, reason', series('interop_monitor_blind')), legend: '{{pod}} {{reason}}' },
          ],
        },
        {
          kind: 'lines',
          title: 'Share of time blind',
          description: 'By reason, a replica.',
          unit: 'percentunit',
          width: 9,
          queries: [
            {
              expr: sumBy('pod, reason', rate(series('interop_monitor_blind_seconds_total'))),
              legend: '{{pod}} {{reason}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Channel',
      panels: [
        {
          kind: 'lines',
          title: 'Channel lag',
          description:
            'Age of the watermark: up to when the heartbeat queue is known to be read. Above 15 s the replica is blind.',
          unit: 's',
          width: 8,
          bad: { yellow: 5, red: 15 },
          queries: [
            {
              expr: `time() - ${maxBy('queue, pod', series('interop_channel_watermark_timestamp_seconds'))}`,
              legend: '{{pod}}',
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Round trip of the own canary',
          description: 'From a replica through SNS and SQS back to itself.',
          unit: 's',
          width: 8,
          queries: [0.5, 0.99].map((q) => ({
            expr: quantile(q, 'pod', series('interop_canary_round_trip_seconds_bucket')),
            legend: `p${q * 100} {{pod}}`,
          })),
        },
        {
          kind: 'lines',
          title: 'Canaries lost a second',
          description: 'Half of them lost means that two readers share one queue.',
          unit: 'cps',
          width: 8,
          bad: { yellow: 0.01, red: 0.1 },
          queries: [
            {
              expr: sumBy('pod, queue', rate(series('interop_canary_lost_total'))),
              legend: '{{pod}} {{queue}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Heartbeats',
      panels: [
        {
          kind: 'areas',
          title: 'Heartbeats a second by result',
          description: 'Only "accepted" ones count for liveness.',
          unit: 'cps',
          width: 8,
          queries: [
            {
              expr: rateOfReplicas('result', series('interop_heartbeats_received_total')),
              legend: '{{result}}',
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Transit of heartbeats',
          description: 'From sending to arrival.',
          unit: 's',
          width: 8,
          queries: [0.5, 0.99].map((q) => ({
            expr: quantile(q, '', series('interop_heartbeat_transit_seconds_bucket')),
            legend: `p${q * 100}`,
          })),
        },
        {
          kind: 'lines',
          title: 'Missing heartbeats a second',
          description:
            'Gaps between two that arrived: the loss of the channel, from which the number of missed beats follows.',
          unit: 'cps',
          width: 8,
          queries: [
            {
              expr: rateOfReplicas('service', series('interop_heartbeat_gap_missing_total')),
              legend: '{{service}}',
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Time to a verdict',
          description:
            'From the last heartbeat to "down" and the like, by reason, for the verdicts of the time shown. The budget is 42 s at 10 s beats.',
          unit: 's',
          width: 8,
          queries: [
            {
              expr: `histogram_quantile(0.99, sum by (reason, le) (increase(${series('interop_detection_dwell_seconds_bucket')}[$__range])))`,
              legend: 'p99 {{reason}}',
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Missed beats until down',
          description: 'Raised at once when heartbeats are lost on the way, lowered after an hour without.',
          unit: 'short',
          width: 8,
          queries: [
            {
              expr: maxBy('service', series('interop_detector_missed_beats_threshold')),
              legend: '{{service}}',
            },
          ],
        },
        {
          kind: 'lines',
          title: 'Event loop lag',
          description: 'p99. A stall of more than a second makes the replica blind.',
          unit: 's',
          width: 8,
          bad: { yellow: 0.1, red: 1 },
          queries: [{ expr: `nodejs_eventloop_lag_p99_seconds{${scope},${ofMonitor}}`, legend: '{{pod}}' }],
        },
      ],
    },
    {
      title: 'Exposition',
      panels: [
        {
          kind: 'lines',
          title: 'Time to write a scrape',
          description: 'p99 of every process.',
          unit: 's',
          width: 8,
          queries: [
            { expr: quantile(0.99, 'pod', series('interop_exposition_seconds_bucket')), legend: '{{pod}}' },
          ],
        },
        {
          kind: 'lines',
          title: 'Series dropped a second',
          description: 'Samples for which a metric had no room. Anything above zero hides something.',
          unit: 'cps',
          width: 8,
          bad: { red: 0.001 },
          queries: [{ expr: sumBy('pod', rate(series('interop_series_dropped_total'))), legend: '{{pod}}' }],
        },
        {
          kind: 'lines',
          title: 'Memory',
          description: 'Resident memory of each replica.',
          unit: 'bytes',
          width: 8,
          queries: [{ expr: `process_resident_memory_bytes{${scope},${ofMonitor}}`, legend: '{{pod}}' }],
        },
      ],
    },
  ],
};
