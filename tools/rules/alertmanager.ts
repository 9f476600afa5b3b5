import { NOBODY, type Ownership, topology } from '@latido/topology';
import { toYaml } from './write-rules';

/** Where secrets lie, one a file, as a Kubernetes Secret is mounted. */
const SECRETS = '/etc/alertmanager/secrets';
const HEADER = `# Written by \`npm run generate\` from tools/rules; change it there. Addresses are examples; every secret is a file in ${SECRETS}.
`;
const AWAKE = 'critical';

const owners: readonly Ownership[] = [
  ...topology.services.flatMap(({ owner }) => (owner ? [owner] : [])),
  NOBODY,
];
const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];
const rotas = distinct(owners.map(({ onCall }) => onCall));
const teams = distinct(owners.map(({ team }) => team));

const route = {
  receiver: `slack-${NOBODY.team}`,
  group_by: ['alertname', 'service', 'namespace', 'release'],
  group_wait: '10s',
  // News of a group that exists waits for this, not for group_wait.
  group_interval: '1m',
  repeat_interval: '4h',
  routes: [
    {
      matchers: ['alertname="InteropWatchdog"'],
      receiver: 'heartbeat',
      group_wait: '0s',
      group_interval: '30s',
      repeat_interval: '1m',
    },
    { matchers: ['alertname=~"Interop.+"'], receiver: 'console', continue: true },
    {
      matchers: [`severity="${AWAKE}"`],
      receiver: `page-${NOBODY.onCall}`,
      routes: rotas.map((rota) => ({ matchers: [`on_call="${rota}"`], receiver: `page-${rota}` })),
    },
    {
      matchers: ['severity="warning"'],
      receiver: `slack-${NOBODY.team}`,
      routes: teams.map((team) => ({ matchers: [`team="${team}"`], receiver: `slack-${team}` })),
    },
    { matchers: ['severity="info"'], receiver: 'email', group_interval: '1h', repeat_interval: '1d' },
    { matchers: ['severity="none"'], receiver: 'nobody' },
  ],
};

/** A label that is absent on both sides counts as equal, so every label named here is on both sides. */
const inhibitRules = [
  {
    source_matchers: ['alertname="InteropMonitorBlind"'],
    target_matchers: [
      'alertname=~"Interop.+"',
      'alertname!~"InteropMonitorBlind|InteropMonitorDown|InteropWatchdog"',
    ],
    equal: ['namespace', 'release'],
  },
  {
    source_matchers: ['alertname="InteropMassSilence"'],
    // What dies alone afterwards is news of its own, however long the mass silence lasts.
    target_matchers: ['alertname=~"InteropServiceDown|InteropServiceMissing"', 'fell_together="yes"'],
    equal: ['namespace', 'release'],
  },
  {
    source_matchers: ['alertname="InteropServiceDown"'],
    target_matchers: ['cause_service=~".+"', 'alertname!="InteropServiceDown"'],
    equal: ['cause_service', 'namespace', 'release'],
  },
];

const title = '{{ .CommonLabels.alertname }} {{ .CommonLabels.service }}: {{ .CommonAnnotations.summary }}';
const links =
  'Runbook: {{ .CommonAnnotations.runbook_url }}\nDashboard: {{ .CommonAnnotations.dashboard_url }}';
const text = `{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.description }}\n{{ end }}${links}`;

const receivers = [
  ...rotas.map((rota) => ({
    name: `page-${rota}`,
    pagerduty_configs: [
      {
        routing_key_file: `${SECRETS}/pagerduty-${rota}`,
        severity: '{{ .CommonLabels.severity }}',
        description: title,
        details: {
          runbook: '{{ .CommonAnnotations.runbook_url }}',
          dashboard: '{{ .CommonAnnotations.dashboard_url }}',
        },
        links: [
          { href: '{{ .CommonAnnotations.runbook_url }}', text: 'Runbook' },
          { href: '{{ .CommonAnnotations.dashboard_url }}', text: 'Dashboard' },
        ],
      },
    ],
  })),
  ...teams.map((team) => ({
    name: `slack-${team}`,
    slack_configs: [{ channel: `#alerts-${team}`, send_resolved: true, title, text }],
  })),
  { name: 'email', email_configs: [{ to: 'latido@example.com', send_resolved: false }] },
  {
    name: 'heartbeat',
    webhook_configs: [
      {
        url: 'https://heartbeat.example.com/latido',
        send_resolved: false,
        http_config: { authorization: { credentials_file: `${SECRETS}/heartbeat` } },
      },
    ],
  },
  {
    name: 'console',
    webhook_configs: [
      {
        url: 'http://heartbeat-monitor:3003/alertmanager',
        send_resolved: true,
        http_config: { authorization: { credentials_file: `${SECRETS}/latido-token` } },
      },
    ],
  },
  { name: 'nobody' },
];

/** The configuration of Alertmanager: who hears of what, and what explains what. */
const alertmanagerConfiguration = {
  global: {
    slack_api_url_file: `${SECRETS}/slack`,
    smtp_smarthost: 'smtp.example.com:587',
    smtp_from: 'alertmanager@example.com',
    smtp_auth_username: 'alertmanager@example.com',
    smtp_auth_password_file: `${SECRETS}/smtp`,
  },
  route,
  inhibit_rules: inhibitRules,
  receivers,
};

/** The text of alertmanager.yaml. */
export function writeAlertmanager(): string {
  return HEADER + toYaml(alertmanagerConfiguration);
}
