import type { RuleGroup } from './alert';

/** Fires always: whoever stops hearing it knows that the alerting itself is broken. */
export const watchdog: RuleGroup = {
  name: 'latido-watchdog',
  interval: '30s',
  recordings: [],
  alerts: [
    {
      name: 'InteropWatchdog',
      severity: 'none',
      for: '0s',
      service: 'heartbeat-monitor',
      expression: 'vector(1)',
      summary: 'Alerting works',
      description:
        'Always firing. It goes to an external heartbeat service that calls when it no longer comes: then Prometheus, Alertmanager or the way out is broken.',
      dashboard: 'latido-monitor',
    },
  ],
};
