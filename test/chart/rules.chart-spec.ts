import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { findProgram } from '../../tools/prometheus/find-program';
import { renderRules, type RuleValues } from '../../tools/rules/render-rules';
import { at, type KubeObject, merged, render, type Values } from './render';
import { ON_KIND, PAGED } from './values-space';

const PROMTOOL = {
  name: 'promtool',
  commands: ['promtool'],
  install: 'apt-get install prometheus, or put the promtool of a Prometheus release on the PATH',
};
const AMTOOL = {
  name: 'amtool',
  commands: ['amtool'],
  install:
    'apt-get install prometheus-alertmanager, or put the amtool of an Alertmanager release on the PATH',
};

const URLS = { dashboards: 'https://grafana.example.com', runbooks: 'https://runbooks.example.com/latido' };
const ALERTS = {
  InteropChannelLag: { threshold: 99, severity: 'info', for: '3m' },
  InteropScrapeNearLimit: { samples: 12_345_678 },
  InteropEdgeOutOfOrder: { enabled: false },
};

describe('the rules in a cluster', () => {
  it.each<[string, Values, RuleValues['alerts']]>([
    ['by default', {}, {}],
    [
      'with their thresholds, severities and durations set, and one switched off',
      at('alerts', ALERTS),
      ALERTS,
    ],
  ])('say the same as everywhere else, %s', async (_name, values, alerts) => {
    const { objects } = await render(merged(ON_KIND, at('monitoring.urls', URLS), values), {
      namespace: 'shop',
    });
    const here = (groupsOf(objects) as { name: string }[]).sort(byName);
    const elsewhere = Object.values(
      renderRules({ namespace: 'shop', release: 'demo', ...URLS, ...(alerts && { alerts }) }),
    )
      .flatMap((text) => (parse(text) as { groups: { name: string }[] }).groups)
      .sort(byName);
    expect(here).toEqual(elsewhere);
  });

  it('expect as many monitors as are installed', async () => {
    for (const replicas of [1, 2]) {
      const { objects } = await render(merged(ON_KIND, at('heartbeatMonitor.replicas', replicas)));
      expect(expressionOf(objects, 'InteropMonitorReplicaMissing')).toMatch(new RegExp(`< ${replicas}\\b`));
    }
  });

  it('are accepted by promtool', async () => {
    const promtool = await findProgram(PROMTOOL);
    const { objects } = await render(merged(ON_KIND, at('alerts', ALERTS)));
    const answer = check(promtool, ['check', 'rules'], stringify({ groups: groupsOf(objects) }));
    const [, found] = /SUCCESS: (\d+) rules found/.exec(answer) ?? [];
    process.stdout.write(`promtool accepts ${found} rules\n`);
    expect(Number(found)).toBeGreaterThan(50);
  });
});

describe('the routes of alerts in a cluster', () => {
  const values = merged(ON_KIND, PAGED, {
    alertmanager: {
      config: { enabled: true },
      plain: { enabled: true },
      receivers: {
        'slack-platform': { slackConfigs: [{ apiURL: { name: 's', key: 'url' }, channel: '#a' }] },
      },
    },
  });

  it('are those of the plain configuration, in the spelling of the operator', async () => {
    const { objects } = await render(values);
    const { spec } = objects.find(({ kind }) => kind === 'AlertmanagerConfig') as { spec: OperatorSpelling };
    const plain = parse(readFileSync('charts/latido/rules/alertmanager.yaml', 'utf8')) as PlainSpelling;
    expect(plainRoute(spec.route)).toEqual(plain.route);
    expect(
      spec.inhibitRules.map((rule) => ({
        source_matchers: rule.sourceMatch.map(plainMatcher),
        target_matchers: rule.targetMatch.map(plainMatcher),
        equal: rule.equal,
      })),
    ).toEqual(plain.inhibit_rules);
    expect(spec.receivers.map(({ name }) => name)).toEqual(plain.receivers.map(({ name }) => name));
  });

  it('lead to the monitor of this release, with its token', async () => {
    const { objects } = await render(values, { namespace: 'shop' });
    const config = JSON.stringify(objects.find(({ kind }) => kind === 'AlertmanagerConfig'));
    expect(config).toContain('http://demo-latido-heartbeat-monitor.shop.svc:3003/alertmanager');
    expect(config).toContain('"credentials":{"name":"demo-latido-token","key":"token"}');
  });

  it('are accepted by amtool, as the plain configuration and as the operator would write them', async () => {
    const amtool = await findProgram(AMTOOL);
    const { objects } = await render(values);
    const plain = objects.find(({ metadata }) => metadata.name === 'demo-latido-alertmanager') as unknown as {
      data: Record<string, string>;
    };
    const { spec } = objects.find(({ kind }) => kind === 'AlertmanagerConfig') as { spec: OperatorSpelling };
    const written = {
      route: plainRoute(spec.route),
      inhibit_rules: spec.inhibitRules.map((rule) => ({
        source_matchers: rule.sourceMatch.map(plainMatcher),
        target_matchers: rule.targetMatch.map(plainMatcher),
        equal: rule.equal,
      })),
      receivers: spec.receivers.map(({ name }) => ({ name })),
    };
    for (const text of [plain.data['alertmanager.yaml'] ?? '', stringify(written)])
      expect(check(amtool, ['check-config'], text)).toContain('SUCCESS');
  });
});

interface Matcher {
  readonly name: string;
  readonly matchType: string;
  readonly value: string;
}
interface OperatorRoute {
  readonly receiver: string;
  readonly matchers?: readonly Matcher[];
  readonly routes?: readonly OperatorRoute[];
  readonly [field: string]: unknown;
}
interface OperatorSpelling {
  readonly route: OperatorRoute;
  readonly inhibitRules: readonly {
    readonly sourceMatch: readonly Matcher[];
    readonly targetMatch: readonly Matcher[];
    readonly equal: readonly string[];
  }[];
  readonly receivers: readonly { readonly name: string }[];
}
interface PlainSpelling {
  readonly route: unknown;
  readonly inhibit_rules: unknown;
  readonly receivers: readonly { readonly name: string }[];
}

/** What the operator makes of a route, without the namespace that it adds. */
function plainRoute({ matchers, routes, ...rest }: OperatorRoute): unknown {
  const spelled = Object.entries(rest).map(([key, value]) => [
    key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return {
    ...Object.fromEntries(spelled),
    ...(matchers && { matchers: matchers.map(plainMatcher) }),
    ...(routes && { routes: routes.map(plainRoute) }),
  };
}

function plainMatcher({ name, matchType, value }: Matcher): string {
  return `${name}${matchType}"${value}"`;
}

function groupsOf(objects: readonly KubeObject[]): readonly unknown[] {
  const rules = objects.filter(({ kind }) => kind === 'PrometheusRule');
  return rules.flatMap(({ spec }) => (spec as { groups: unknown[] }).groups);
}

function expressionOf(objects: readonly KubeObject[], alert: string): string {
  const groups = groupsOf(objects) as { rules: { alert?: string; expr: string }[] }[];
  return groups.flatMap(({ rules }) => rules).find((rule) => rule.alert === alert)?.expr ?? '';
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name.localeCompare(other.name);
}

/** Lets a tool check a file of this text. @throws what the tool says when it does not like it. */
function check(program: string, args: readonly string[], text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'latido-check-'));
  const file = join(directory, 'file.yaml');
  try {
    writeFileSync(file, text);
    return execFileSync(program, [...args, file], { encoding: 'utf8' });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
