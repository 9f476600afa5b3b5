import type { AlertDefinition } from './alert';
import { per, select } from './promql';

const alive = select('service:interop_service_alive:max');
const expected = select('service:interop_service_expected_instances:max');
/** InteropMonitorReplicaMissing says it of the monitor itself. */
const watchedAlive = select('service:interop_service_alive:max', 'service!="heartbeat-monitor"');
const inState = (state: string) => select('service_state:interop_service_instances:max', `state="${state}"`);
/** Minutes of the last 30 in which a transition was seen: what dies together, or comes back together, counts once. */
const minutesWith = (to: string, reason: string) => {
  const transitions = select('interop_instance_transitions_total', `to="${to}",reason="${reason}"`);
  return `max by ${per('service')} (sum by ${per('pod', 'service')} (sum_over_time((increase(${transitions}[1m]) > bool 0)[30m:1m])))`;
};
/** Per replica of the monitor first, then the replica that counted most: a replica may have been away. */
const increase = (counter: Parameters<typeof select>[0], matchers: string, window: string) =>
  `max by ${per('service')} (sum by ${per('pod', 'service')} (increase(${select(counter, matchers)}[${window}])))`;

/** Who died, vanished, limps, or cannot make up its mind. */
export const serviceAlerts: readonly AlertDefinition[] = [
  {
    name: 'InteropServiceDown',
    severity: 'critical',
    for: '0s',
    keepFiringFor: '2m',
    cause: 'own',
    canFallTogether: true,
    expression: select('service:interop_service_down:max'),
    summary: 'Service {{ $labels.service }} is down',
    description:
      'No instance of {{ $labels.service }} is alive, and {{ $value }} died without saying goodbye. Alerts of what depends on it are muted until it is back.',
    dashboard: 'latido-service',
  },
  {
    name: 'InteropServiceMissing',
    severity: 'critical',
    for: '2m',
    canFallTogether: true,
    expression: `  ${alive} == 0
and on ${per('service')}
  ${expected} > 0
unless on ${per('service')}
  ${inState('down')} > 0`,
    summary: 'Service {{ $labels.service }} left and did not come back',
    description:
      'Every instance of {{ $labels.service }} said goodbye or fell mute, yet the Kubernetes witness or EXPECTED_INSTANCES expects some: a deployment, a scaling or a start that did not work.',
    dashboard: 'latido-service',
  },
  {
    name: 'InteropServiceDegraded',
    severity: 'warning',
    for: '5m',
    cause: 'upstream',
    expression: `  ${watchedAlive} > 0
and on ${per('service')}
  ${alive} < on ${per('service')} ${expected}`,
    summary: 'Service {{ $labels.service }} has only {{ $value }} instance(s) alive',
    description: 'Fewer instances of {{ $labels.service }} are alive than should be, for 5 minutes.',
    dashboard: 'latido-service',
  },
  {
    name: 'InteropInstanceMute',
    severity: 'warning',
    for: '1m',
    cause: 'upstream',
    expression: `max by ${per('service')} (${inState('mute')}) > 0`,
    summary: '{{ $value }} instance(s) of {{ $labels.service }} are ready but cannot be heard',
    description:
      'Kubernetes calls these pods ready while their heartbeats do not arrive: they are alive and cannot talk to the others. Network policy, credentials or the topic are the usual reasons.',
    dashboard: 'latido-service',
  },
  {
    name: 'InteropServiceFlapping',
    severity: 'warning',
    for: '0s',
    keepFiringFor: '10m',
    cause: 'upstream',
    parameters: {
      threshold: {
        value: 3,
        meaning: 'minutes of 30 in which instances go down, and as many in which they come back',
      },
    },
    expression: `  ${minutesWith('down', 'silence')} >= @InteropServiceFlapping.threshold@
and on ${per('service')}
  ${minutesWith('up', 'heartbeat')} >= @InteropServiceFlapping.threshold@`,
    summary: 'Instances of {{ $labels.service }} go down and come back again and again',
    description:
      'In {{ $value }} of the last 30 minutes an instance of {{ $labels.service }} was declared down, and others came back in between: long pauses, an overloaded node, or an unsteady network.',
    dashboard: 'latido-service',
  },
  {
    name: 'InteropRestartStorm',
    severity: 'warning',
    for: '0s',
    keepFiringFor: '10m',
    cause: 'upstream',
    parameters: { threshold: { value: 3, meaning: 'restarts in 15 minutes' } },
    expression: `${increase('interop_instance_restarts_total', '', '15m')} >= @InteropRestartStorm.threshold@`,
    summary: 'Instances of {{ $labels.service }} restart over and over',
    description:
      '{{ $value | printf "%.0f" }} restarts of {{ $labels.service }} in 15 minutes: a crash loop, or memory that runs out.',
    dashboard: 'latido-service',
  },
  {
    name: 'InteropClockSkew',
    severity: 'warning',
    for: '5m',
    parameters: { threshold: { value: 30, meaning: 'seconds that a clock may be off' } },
    expression: `max by ${per('service')} (abs(${select('interop_clock_skew_seconds')})) > @InteropClockSkew.threshold@`,
    summary: 'A clock of {{ $labels.service }} is {{ $value | humanizeDuration }} off',
    description:
      'Verdicts correct for it, but times in events, history and logs of {{ $labels.service }} are wrong by that much.',
    dashboard: 'latido-service',
  },
  {
    name: 'InteropVersionSkew',
    severity: 'info',
    for: '1h',
    expression: `count by ${per('service')} (count by ${per('service', 'version')} (${select('interop_instance_info')})) > 1`,
    summary: '{{ $labels.service }} runs in {{ $value }} versions',
    description: 'Longer than a rollout takes: one that was left half done, or a pod that is not replaced.',
    dashboard: 'latido-fleet',
  },
];
