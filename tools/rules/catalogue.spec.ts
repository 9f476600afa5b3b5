import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { metricCatalogue, type MetricDefinition } from '@latido/observability';
import { edges, topology } from '@latido/topology';
import { parse } from 'yaml';
import { alerts, ruleGroups } from './rule-catalogue';
import { namesIn } from './names-in';
import { writeRules } from './write-rules';

const root = join(__dirname, '../..');
const rules = Object.values(ruleGroups);
const texts = rules.map(writeRules);
const recorded = rules.flatMap(({ recordings }) => recordings.map(({ record }) => record));
const dashboards = readdirSync(join(root, 'grafana-dashboards'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => readFileSync(join(root, 'grafana-dashboards', file), 'utf8'));
const uids = dashboards.map((text) => (JSON.parse(text) as { readonly uid: string }).uid);
const used = new Set([...texts, ...dashboards].flatMap((text) => [...namesIn(text)]));

/** What no rule and no dashboard reads, and why it is exported all the same. */
const READ_BY_PEOPLE: Partial<Record<keyof typeof metricCatalogue, string>> = {
  interop_commit_read_units_total: 'cost of reads, beside the write units that a dashboard shows',
  interop_edge_last_message_timestamp_seconds: 'when an edge was used last: a quiet night is no fault',
  interop_heartbeat_interval_seconds: 'what instances promise, for rules that others write',
  interop_heartbeat_last_sent_timestamp_seconds: 'one instance, when its service is looked at closely',
  interop_instance_start_timestamp_seconds: 'one instance, when its service is looked at closely',
  interop_lamport_clamped_total: 'a forged or broken clock of another process, when order is doubted',
  interop_witness_connected: 'there only where the monitor watches pods; nothing depends on the witness',
  interop_witness_losses_total: 'there only where the monitor watches pods; nothing depends on the witness',
};

describe('the alerts', () => {
  it.each(alerts.map((alert) => [alert.name, alert] as const))(
    '%s says what it is, where to look and what to do',
    (_name, { summary, description, dashboard, parameters = {} }) => {
      expect(summary.length).toBeGreaterThan(10);
      expect(description).toMatch(/[.!]$/);
      expect(uids).toContain(dashboard);
      for (const { meaning } of Object.values(parameters)) expect(meaning).not.toBe('');
    },
  );

  it('have names of their own', () => {
    expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
  });

  it.each(alerts.map((alert) => [alert.name, alert] as const))(
    '%s keeps the release and the namespace wherever it groups or joins, and selects nobody else’s',
    (_name, { expression }) => {
      for (const [, labels = ''] of expression.matchAll(/\b(?:by|on) \(([^)]*)\)/g))
        expect(labels.split(', ').slice(0, 2)).toEqual(['namespace', 'release']);
      for (const [, matchers = ''] of expression.matchAll(/\{([^}]*)\}/g))
        expect(matchers).toMatch(/namespace="@namespace@",release="@release@"/);
    },
  );

  it('read only what is recorded in their own group; causes may be an interval old', () => {
    for (const { recordings, alerts: own } of rules) {
      const here = new Set([...recordings.map(({ record }) => record), 'service:interop_cause:info']);
      for (const { expression } of own)
        for (const [name] of expression.matchAll(/\w+:interop_\w+:\w+/g)) expect(here).toContain(name);
    }
  });

  it('have an edge to expect for every edge of business messages', () => {
    const expected = rules
      .flatMap(({ recordings }) => recordings)
      .filter(({ record }) => record === 'edge:interop_edge_expected:info')
      .map(({ labels }) => labels);
    const business = edges(topology).filter(({ topic }) => topic !== 'heartbeats');
    expect(expected).toEqual(
      business.map(({ producer, consumer, topic }) => ({ producer, consumer, topic })),
    );
  });
});

describe('metrics, rules and dashboards', () => {
  it('read nothing that nobody exports or records', () => {
    const known = new Set([...Object.keys(metricCatalogue), ...recorded]);
    expect([...used].filter((name) => !known.has(name))).toEqual([]);
  });

  it('leave no metric unread without a reason', () => {
    const unread = Object.keys(metricCatalogue).filter((name) => !used.has(name));
    expect(unread.filter((name) => !(name in READ_BY_PEOPLE))).toEqual([]);
  });

  it('judge promises by bounds that their histograms have', () => {
    const bounds = (name: keyof typeof metricCatalogue) =>
      (metricCatalogue[name] as MetricDefinition).buckets ?? [];
    for (const { api } of topology.services)
      expect(bounds('http_server_request_duration_seconds')).toContain(api.latency.withinSeconds);
    for (const { withinSeconds } of topology.edgeObjectives)
      expect(bounds('interop_edge_delivery_seconds')).toContain(withinSeconds);
  });
});

describe('the configuration of Alertmanager', () => {
  it('holds no secret, only the files they are in', () => {
    const text = readFileSync(join(root, 'charts/latido/rules/alertmanager.yaml'), 'utf8');
    expect(text).not.toMatch(/^\s*(routing_key|api_url|smtp_auth_password|credentials|password):/m);
    expect(Object.keys(parse(text) as object)).toEqual(['global', 'route', 'inhibit_rules', 'receivers']);
  });
});
