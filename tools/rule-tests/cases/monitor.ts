import { ofMonitor, type RuleCases, seeing, series } from '../rule-case';

const service = 'heartbeat-monitor';
const answers = (pod: string) => series('up', { job: 'latido', app: 'heartbeat-monitor', pod });
const blind = (pod: string, reason: string) => ofMonitor('interop_monitor_blind', { pod, reason });
const down = { service, summary: 'No heartbeat-monitor answers: nobody watches' };
const allBlind = { service, summary: 'Every heartbeat-monitor is blind: no verdict about any service' };
const queue = 'heartbeat-monitor-heartbeats-0';
const canaries = ofMonitor('interop_canary_lost_total', { queue });
const lossy = { service, queue, summary: `Heartbeat queue ${queue} loses messages` };
const watermark = ofMonitor('interop_channel_watermark_timestamp_seconds', { queue });

/** Whether there is somebody who watches, and whether that one can see. */
export const monitorCases: RuleCases = {
  files: ['liveness'],
  cases: [
    {
      alert: 'InteropMonitorDown',
      when: 'its only replica stops answering, and answers again',
      series: { [answers('monitor-0')]: '1x4 0x40 1x40' },
      at: { '2m': [], '3m': [down], '13m': [] },
    },
    {
      alert: 'InteropMonitorDown',
      when: 'it is not even a target any more',
      series: { [series('up', { job: 'latido', app: 'service-a', pod: 'a-0' })]: '1x40' },
      at: { '30s': [], '2m': [down] },
    },
    {
      alert: 'InteropMonitorDown',
      when: 'one replica of two is left',
      series: { [answers('monitor-0')]: '0x40', [answers('monitor-1')]: '1x40' },
      at: { '5m': [] },
    },
    {
      alert: 'InteropMonitorDown',
      when: 'only the monitor of another release is there',
      series: {
        [series('up', { job: 'latido', app: 'heartbeat-monitor', pod: 'm-0', namespace: 'other' })]: '1x40',
      },
      at: { '5m': [down] },
    },
    {
      alert: 'InteropMonitorBlind',
      when: 'every replica goes blind, and sees again',
      series: {
        [blind('monitor-0', 'lag')]: '0x7 1x20 0x40',
        [blind('monitor-1', 'canary')]: '0x7 1x20 0x40',
      },
      at: { '2m15s': [], '3m': [allBlind], '8m30s': [allBlind], '12m': [] },
    },
    {
      alert: 'InteropMonitorBlind',
      when: 'one replica of two still sees',
      series: { [blind('monitor-0', 'lag')]: '1x40', [blind('monitor-1', 'lag')]: '0x40' },
      at: { '5m': [] },
    },
    {
      alert: 'InteropMonitorBlind',
      when: 'every replica only warms up',
      series: { ...seeing(), [blind('monitor-0', 'warming')]: '1x40' },
      at: { '5m': [] },
    },
    {
      alert: 'InteropMonitorReplicaBlind',
      when: 'one replica of two goes blind, and sees again',
      series: { [blind('monitor-0', 'loop_stall')]: '1x20 0x40', [blind('monitor-1', 'lag')]: '0x60' },
      at: {
        '1m': [],
        '3m': [{ service, pod: 'monitor-0', summary: 'Replica monitor-0 of heartbeat-monitor is blind' }],
        '6m': [],
      },
    },
    {
      alert: 'InteropMonitorReplicaBlind',
      when: 'a replica is blind for a moment',
      series: { [blind('monitor-0', 'lag')]: '0x10 1x4 0x40' },
      at: { '3m30s': [], '5m': [] },
    },
    {
      alert: 'InteropMonitorReplicaMissing',
      when: 'one replica of two is away, and comes back',
      series: { [answers('monitor-0')]: '1x80', [answers('monitor-1')]: '0x40 1x40' },
      at: {
        '4m': [],
        '6m': [{ service, summary: 'Only 1 replica(s) of heartbeat-monitor answer' }],
        '11m': [],
      },
    },
    {
      alert: 'InteropMonitorReplicaMissing',
      when: 'all replicas are away, which is InteropMonitorDown',
      series: { [answers('monitor-0')]: '0x60', [answers('monitor-1')]: '0x60' },
      at: { '10m': [] },
    },
    {
      alert: 'InteropChannelCanaryLost',
      when: 'a queue loses a third of its messages, and then no more',
      series: { ...seeing(), [canaries]: '0+1x60 60x40' },
      at: { '4m': [], '8m': [lossy], '20m': [] },
    },
    {
      alert: 'InteropChannelCanaryLost',
      when: 'an outage lost all of them while the replica knew itself blind, and ended',
      series: { [canaries]: '0+3x60 180x60', [blind('monitor-0', 'canary')]: '1x60 0x60' },
      at: { '10m': [], '16m': [], '19m': [] },
    },
    {
      alert: 'InteropChannelCanaryLost',
      when: 'one canary in a hundred is lost',
      series: { ...seeing(), [canaries]: '0x30 1x30 2x30' },
      at: { '10m': [], '20m': [] },
    },
    {
      alert: 'InteropChannelLag',
      when: 'a queue stops and is drained later',
      series: { [watermark]: '1+15x20 301x20 616+15x20' },
      at: {
        '5m30s': [],
        '8m': [{ service, queue, summary: `Heartbeat queue ${queue} is 2m 59s behind` }],
        '12m': [],
      },
    },
    {
      alert: 'InteropChannelLag',
      when: 'a queue is ten seconds behind, and one was never read',
      series: {
        [watermark]: '_x2 20+15x60',
        [ofMonitor('interop_channel_watermark_timestamp_seconds', { queue: 'new' })]: '0x60',
      },
      at: { '10m': [] },
    },
    {
      alert: 'InteropChannelLag',
      when: 'a page was scraped long before the rule is evaluated: that is not its lag',
      step: '1m',
      series: { [watermark]: '1+60x4 _x3 481+60x4' },
      at: { '6m': [], '7m': [] },
    },
  ],
};
