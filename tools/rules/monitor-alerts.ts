import { MONITOR_REPLICAS } from '@latido/topology';
import type { AlertDefinition } from './alert';
import { per, select } from './promql';

const service = 'heartbeat-monitor';
const isMonitor = 'app="heartbeat-monitor"';
const impaired = select('pod:interop_monitor_impaired:max');
const watermark = select('interop_channel_watermark_timestamp_seconds');

/** Whether there is somebody who watches, and whether that one can see. */
export const monitorAlerts: readonly AlertDefinition[] = [
  {
    name: 'InteropMonitorDown',
    severity: 'critical',
    for: '1m',
    service,
    // absent() keeps the labels of equality matchers only; the maximum gives both halves the same ones.
    expression: `  max by ${per()} (absent(up{job="latido",namespace="@namespace@",release="@release@",${isMonitor}}))
or
  sum by ${per()} (${select('up', isMonitor)}) == 0`,
    summary: 'No heartbeat-monitor answers: nobody watches',
    description:
      'Prometheus reaches no replica of heartbeat-monitor. Services may die, and messages may be lost, without any other alert.',
    dashboard: 'latido-monitor',
  },
  {
    name: 'InteropMonitorBlind',
    severity: 'critical',
    for: '30s',
    keepFiringFor: '2m',
    service,
    expression: `min by ${per()} (${impaired}) == 1`,
    summary: 'Every heartbeat-monitor is blind: no verdict about any service',
    description:
      'No replica can trust what it hears, so verdicts are held: a service that dies now is not noticed. Usually SNS, SQS or the way to them is disturbed. All other alerts of this release are muted meanwhile.',
    dashboard: 'latido-monitor',
  },
  {
    name: 'InteropMonitorReplicaBlind',
    severity: 'warning',
    for: '2m',
    service,
    expression: `${impaired} == 1`,
    summary: 'Replica {{ $labels.pod }} of heartbeat-monitor is blind',
    description:
      'This replica cannot trust what it hears. The others decide without it; when they go blind too, nobody does.',
    dashboard: 'latido-monitor',
  },
  {
    name: 'InteropMonitorReplicaMissing',
    severity: 'warning',
    for: '5m',
    service,
    parameters: {
      replicas: { value: MONITOR_REPLICAS, meaning: 'replicas of heartbeat-monitor that are installed' },
    },
    expression: `count by ${per()} (${select('up', isMonitor)} == 1) < @InteropMonitorReplicaMissing.replicas@`,
    summary: 'Only {{ $value }} replica(s) of heartbeat-monitor answer',
    description:
      'A replica is missing and the rest decides alone. A pod of a StatefulSet on a lost node waits for the node, for the out-of-service taint or for a forced deletion.',
    dashboard: 'latido-monitor',
  },
  {
    name: 'InteropChannelCanaryLost',
    severity: 'critical',
    // Longer than the window, so that what an outage lost does not page once more after it ended.
    for: '4m',
    service,
    parameters: {
      threshold: { value: 4, meaning: 'lost canaries in 3 minutes, of the 36 that are sent' },
    },
    expression: `max by ${per('queue')} (
    increase(${select('interop_canary_lost_total')}[3m])
  and on ${per('pod')}
    ${impaired} == 0
) > @InteropChannelCanaryLost.threshold@`,
    summary: 'Heartbeat queue {{ $labels.queue }} loses messages',
    description:
      '{{ $value | printf "%.0f" }} of the monitor\'s own test messages vanished in 3 minutes while others arrived. Heartbeats are lost at the same rate; soon living services look dead.',
    dashboard: 'latido-monitor',
  },
  {
    name: 'InteropChannelLag',
    severity: 'warning',
    for: '1m',
    service,
    parameters: { threshold: { value: 15, meaning: 'seconds that the watermark may be behind' } },
    // By the time of the scrape: what is read by time() is up to a scrape interval old, and would seem to lag by that.
    expression: `min by ${per('queue')} (timestamp(${watermark}) - (${watermark} > 0)) > @InteropChannelLag.threshold@`,
    summary: 'Heartbeat queue {{ $labels.queue }} is {{ $value | humanizeDuration }} behind',
    description:
      'Heartbeats reach the monitor late, so it notices a death that much later, or not at all while it is blind.',
    dashboard: 'latido-monitor',
  },
];
