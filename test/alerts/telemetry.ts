import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@latido/testing';
import { parse, stringify } from 'yaml';
import { startAlertmanager } from '../../tools/prometheus/alertmanager';
import { type Prometheus, startPrometheus } from '../../tools/prometheus/prometheus';
import type { ScrapeTarget } from '../../tools/prometheus/scrape-target';
import { renderRules, type RuleValues } from '../../tools/rules/render-rules';
import type { Pace } from './pace';
import { Pager } from './pager';
import { shortenRoutes, shortenRules } from './shorten';

/** Parameters of alerts, by the name of the alert. */
export type AlertOverrides = NonNullable<RuleValues['alerts']>;

/** What one namespace has: pages to scrape, and rules of its own. */
export interface Watched {
  readonly namespace: string;
  readonly targets: readonly ScrapeTarget[];
  readonly alerts?: AlertOverrides;
}

/** A Prometheus with the rules of every namespace, an Alertmanager with the routes of the chart, and who gets called. */
export interface Telemetry {
  readonly prometheus: Prometheus;
  readonly pager: Pager;
  stop(): Promise<void>;
}

export async function startTelemetry(watched: readonly Watched[], pace: Pace): Promise<Telemetry> {
  const pager = await Pager.open();
  const alertmanager = await startAlertmanager({ configuration: routesTo(pager.url, pace) });
  const prometheus = await startPrometheus({
    targets: watched.flatMap(({ targets }) => targets),
    scrapeIntervalMs: pace.scrapeIntervalMs,
    rules: Object.assign({}, ...watched.map((each) => rulesOf(each, pace))) as Readonly<
      Record<string, string>
    >,
    alertmanagerUrl: alertmanager.url,
  });
  return {
    prometheus,
    pager,
    stop: async () => {
      await prometheus.stop();
      await alertmanager.stop();
      await pager.close();
    },
  };
}

/** The chart's rules for one namespace, at the pace of the rig. */
function rulesOf({ namespace, alerts }: Watched, pace: Pace): Readonly<Record<string, string>> {
  const files = renderRules({
    namespace,
    release: 'latido',
    dashboards: 'http://127.0.0.1:3000',
    runbooks: 'https://example.com/runbooks',
    alerts: { ...timeParameters(pace), ...alerts },
  });
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`${namespace}-${name}`, shortenRules(text, pace)]),
  );
}

/** Parameters that are times, which an expression compares with: they shorten like everything else. */
function timeParameters(pace: Pace): AlertOverrides {
  const seconds = (inProduction: number): number => pace.shorten(inProduction * 1_000) / 1_000;
  return {
    InteropEventStuck: { threshold: seconds(300) },
    InteropChannelLag: { threshold: seconds(15) },
  };
}

interface Configuration {
  readonly route: object;
  readonly inhibit_rules: readonly object[];
  readonly receivers: readonly Receiver[];
}

type Receiver = Readonly<Record<string, string | readonly { readonly send_resolved?: boolean }[]>> & {
  readonly name: string;
};

/** The chart's routes and inhibitions, with one receiver for all that every receiver of the chart calls. */
function routesTo(url: string, pace: Pace): string {
  const file = join(repositoryRoot(), 'charts/latido/rules/alertmanager.yaml');
  const { route, inhibit_rules, receivers } = parse(readFileSync(file, 'utf8')) as Configuration;
  const shortened = shortenRoutes(JSON.parse(JSON.stringify({ route })) as object, pace);
  return stringify({ ...shortened, inhibit_rules, receivers: receivers.map((each) => callingUs(each, url)) });
}

/** A receiver that says what it would have said to us; one that hears nothing stays so. */
function callingUs({ name, ...channels }: Receiver, url: string): object {
  const calls = Object.values(channels).flatMap((channel) => (typeof channel === 'string' ? [] : channel));
  if (calls.length === 0) return { name };
  return {
    name,
    webhook_configs: calls.map(({ send_resolved = true }) => ({ url: `${url}/${name}`, send_resolved })),
  };
}
