import type { RuleGroup } from './alert';
import { massSilenceAlert, massSilenceRecordings } from './mass-silence';
import { monitorAlerts } from './monitor-alerts';
import { per, select } from './promql';
import { serviceAlerts } from './service-alerts';

/** Not declared dead, and not gone. */
const ALIVE = 'state=~"up|late|suspect|starting|draining"';
const trusted = select('pod:interop_monitor_trusted:info');

/**
 * Who lives, as the monitor's replicas say it together: the verdicts of those that are not blind, merged by
 * `max`, because a blind replica still calls everybody alive. While all are blind the verdicts from before stand.
 */
export const liveness: RuleGroup = {
  name: 'latido-liveness',
  interval: '15s',
  recordings: [
    {
      record: 'pod:interop_monitor_blind:max',
      expression: `max by ${per('pod')} (${select('interop_monitor_blind')})`,
    },
    {
      record: 'pod:interop_monitor_impaired:max',
      expression: `max by ${per('pod')} (${select('interop_monitor_blind', 'reason!="warming"')})`,
    },
    {
      record: 'pod:interop_monitor_trusted:info',
      expression: `  ${select('pod:interop_monitor_blind:max')} == 0
or
  (
      ${select('pod:interop_monitor_blind:max')}
    unless on ${per()}
      ${select('pod:interop_monitor_blind:max')} == 0
  )`,
    },
    {
      record: 'service:interop_service_alive:max',
      expression: `max by ${per('service')} (
    sum by ${per('pod', 'service')} (${select('interop_service_instances', ALIVE)})
  and on ${per('pod')}
    ${trusted}
)`,
    },
    {
      record: 'service_state:interop_service_instances:max',
      expression: `max by ${per('service', 'state')} (
    ${select('interop_service_instances')}
  and on ${per('pod')}
    ${trusted}
)`,
    },
    {
      record: 'service:interop_service_expected_instances:max',
      expression: `max by ${per('service')} (
    ${select('interop_service_expected_instances')}
  and on ${per('pod')}
    ${trusted}
)`,
    },
    {
      record: 'service:interop_service_down:max',
      expression: `max by ${per('service')} (
    ${select('service_state:interop_service_instances:max', 'state="down"')} > 0
  and on ${per('service')}
    ${select('service:interop_service_alive:max')} == 0
  unless on ${per('service')}
    ${select('interop_service_maintenance_until_timestamp_seconds')} > time()
)`,
    },
    {
      record: 'service:interop_cause:info',
      expression: `  max by ${per('cause_service', 'service')} (
      ${select('interop_service_downstream_info')}
    and on ${per('cause_service')}
      label_replace(
        last_over_time(${select('service:interop_service_down:max')}[@InteropServiceDown.keepFiringFor@]),
        "cause_service", "$1", "service", "(.+)"
      )
  )
or
  label_replace(
    last_over_time(${select('service:interop_service_down:max')}[@InteropServiceDown.keepFiringFor@]),
    "cause_service", "$1", "service", "(.+)"
  )`,
    },
    ...massSilenceRecordings,
  ],
  alerts: [...monitorAlerts, massSilenceAlert, ...serviceAlerts],
};
