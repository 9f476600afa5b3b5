import { runbookOf } from './alert-link';
import type { DashboardDescription } from './description';
import { BLIND_WORDS } from './monitor';
import { countOfReplicas, scope, series } from './query';
import { everyReplicaBlind, expected, instances, TRUSTED } from './verdicts';

const ALIVE = 'state=~"up|starting|draining|late|suspect|mute"';
const inService = 'service=~"$service"';

/** Who is alive? The first dashboard of somebody who was paged. */
export const fleet: DashboardDescription = {
  uid: 'latido-fleet',
  title: 'Latido / Fleet',
  description: 'Who is alive, who should be, and whether the monitor can be believed.',
  variables: [
    { name: 'service', label: 'Service', metric: 'interop_service_expected_instances', valuesOf: 'service' },
  ],
  rows: [
    {
      title: 'Now',
      panels: [
        {
          kind: 'number',
          title: 'Monitor',
          description:
            'Blind means that no replica of the monitor can trust what it hears: the figures below are then as old as its blindness, and nobody is declared dead.',
          unit: 'none',
          width: 4,
          words: BLIND_WORDS,
          queries: [{ expr: everyReplicaBlind }],
        },
        {
          kind: 'number',
          title: 'Mass silence',
          description:
            'So many instances fell silent at once that one cause for all is likelier than many deaths.',
          unit: 'none',
          width: 4,
          words: { '0': { text: 'no', color: 'green' }, '1': { text: 'MASS SILENCE', color: 'red' } },
          queries: [{ expr: `max(${series('interop_mass_silence')}${TRUSTED})` }],
        },
        {
          kind: 'number',
          title: 'Alive',
          description: 'Instances that are heard, late and suspect ones included.',
          unit: 'short',
          width: 4,
          queries: [{ expr: `sum(${instances(ALIVE, inService)})` }],
        },
        {
          kind: 'number',
          title: 'Expected',
          description:
            'Instances that should be alive: what Kubernetes wants, what was declared, or the most that were seen alive together.',
          unit: 'short',
          width: 4,
          queries: [
            {
              expr: `sum(${expected(inService)})`,
            },
          ],
        },
        {
          kind: 'number',
          title: 'Down',
          description: 'Instances that fell silent without a goodbye.',
          unit: 'short',
          width: 4,
          bad: { red: 1 },
          queries: [{ expr: `sum(${instances('state="down"', inService)})` }],
        },
        {
          kind: 'number',
          title: 'Mute',
          description: 'Instances that Kubernetes calls ready and that nobody hears: alive, but cut off.',
          unit: 'short',
          width: 4,
          bad: { yellow: 1, red: 3 },
          queries: [{ expr: `sum(${instances('state="mute"', inService)})` }],
        },
      ],
    },
    {
      title: 'Alerts',
      panels: [
        {
          kind: 'table',
          title: 'Firing alerts',
          description:
            'What fires now; a name opens its runbook. A single row "InteropWatchdog" means that all is well and alerting works.',
          unit: 'none',
          width: 24,
          columns: {
            alertname: 'Alert',
            severity: 'Severity',
            service: 'Service',
            team: 'Team',
            Value: 'Firing',
          },
          opens: runbookOf,
          queries: [
            {
              expr: `count by (alertname, severity, service, team) (ALERTS{${scope},alertstate="firing"})`,
            },
          ],
        },
      ],
    },
    {
      title: 'Instances',
      panels: [
        {
          kind: 'areas',
          title: 'Instances by state',
          description: 'All services that are chosen above, together.',
          unit: 'short',
          width: 12,
          queries: [{ expr: `sum by (state) (${instances(inService)}) > 0`, legend: '{{state}}' }],
        },
        {
          kind: 'lines',
          title: 'Missing instances',
          description:
            'Expected less alive, a service. Above zero for long: somebody left and never came back.',
          unit: 'short',
          width: 12,
          queries: [
            {
              expr:
                `clamp_min(${expected(inService)}` +
                ` - sum by (namespace, release, service) (${instances(ALIVE, inService)}), 0)`,
              legend: '{{service}}',
            },
          ],
        },
        {
          kind: 'table',
          title: 'Deaths and returns',
          description:
            'Changes of verdict in the time shown. A service that goes down and up again and again flaps.',
          unit: 'short',
          width: 12,
          columns: { service: 'Service', to: 'Became', Value: 'Times' },
          queries: [
            {
              expr: `round(${countOfReplicas('service, to', series('interop_instance_transitions_total', inService))}) > 0`,
            },
          ],
        },
        {
          kind: 'table',
          title: 'Versions',
          description:
            'Which version how many instances run. Two versions of one service are usual during a rollout only.',
          unit: 'short',
          width: 12,
          columns: { service: 'Service', version: 'Version', Value: 'Instances' },
          queries: [
            {
              expr: `max by (service, version) (count by (service, version, pod) (${series('interop_instance_info', inService)}))`,
            },
          ],
        },
      ],
    },
  ],
};
