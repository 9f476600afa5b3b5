import type { AlertDefinition, Recording } from './alert';
import { per, select } from './promql';

const HEARD = 'state=~"up|starting|draining"';
const together = select('service:interop_fell_together:info');
const raised = select('release:interop_mass_silence:max');
const fellSilent = select('service:interop_fell_silent:max');
const trusted = select('pod:interop_monitor_trusted:info');
const transitions = select('interop_instance_transitions_total', 'to="suspect"');

/** Who fell silent lately, who did so in a mass silence, and how many of each service are heard; after `pod:interop_monitor_trusted:info`. */
export const massSilenceRecordings: readonly Recording[] = [
  {
    record: 'release:interop_mass_silence:max',
    expression: `max by ${per()} (
    ${select('interop_mass_silence')}
  and on ${per('pod')}
    ${trusted}
)`,
  },
  {
    record: 'service:interop_fell_silent:max',
    expression: `max by ${per('service')} (sum by ${per('pod', 'service')} (increase(${transitions}[2m]))) > 0`,
  },
  {
    record: 'service:interop_service_heard:max',
    expression: `max by ${per('service')} (
    sum by ${per('pod', 'service')} (${select('interop_service_instances', HEARD)})
  and on ${per('pod')}
    ${trusted}
)`,
  },
  {
    // Its own last value keeps a service in it until one of its instances is heard again.
    record: 'service:interop_fell_together:info',
    expression: `  ${fellSilent} > bool 0
and on ${per()}
  ${raised} == 1
or
  (
      ${together}
    and on ${per('service')}
      ${select('service:interop_service_heard:max')} == 0
  )`,
  },
];

/** One service fell silent, and all of it. */
const oneServiceAlone = `    count by ${per()} (${fellSilent}) == 1
  and on ${per()} (
      ${fellSilent}
    and on ${per('service')}
      min_over_time(${select('service:interop_service_heard:max')}[2m]) == 0
  )`;

/** While services are away that this alert announced, it is not over; what dies much later is news of its own. */
const stillAway = `  max by ${per()} (ALERTS{alertname="InteropMassSilence",alertstate="firing",namespace="@namespace@",release="@release@"})
and on ${per()}
  max_over_time(${raised}[15m]) == 1
and on ${per()} (
    ${select('service:interop_service_alive:max')} == 0
  and on ${per('service')}
    ${select('service:interop_service_expected_instances:max')} > 0
)`;

const silent =
  'printf "service_state:interop_service_instances:max{namespace=%q,release=%q,state=~%q} > 0" "@namespace@" "@release@" "suspect|down"';
const silentNow = `{{ range query (${silent}) | sortByLabel "service" }}{{ .Labels.service }} ({{ .Value }} {{ .Labels.state }}) {{ else }}nobody any more{{ end }}`;

/**
 * The one page for many deaths with one cause; it mutes those of the services it
 * is about. A single service that dies as a whole is
 * not its business: the page for that names it and calls its owner.
 */
export const massSilenceAlert: AlertDefinition = {
  name: 'InteropMassSilence',
  severity: 'critical',
  for: '0s',
  keepFiringFor: '5m',
  service: 'heartbeat-monitor',
  expression: `(
    ${raised} == 1
  unless on ${per()} (
${oneServiceAlone.replaceAll(/^/gm, '  ')}
  )
)
or (
${stillAway.replaceAll(/^/gm, '  ')}
)`,
  summary: 'Many instances fell silent at once',
  description: `More than a fifth of all instances stopped sending within one interval, on a channel that works: look for what they share (node, zone, network, deployment) before looking at any one of them. Silent now: ${silentNow}. Pages for services that fell silent with them are muted meanwhile; one that dies alone later has its own.`,
  dashboard: 'latido-fleet',
};
