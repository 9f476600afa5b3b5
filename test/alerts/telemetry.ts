import { startAlertmanager } from '../../tools/prometheus/alertmanager';
import { chartRoutes, chartRules, type RulesOf } from '../../tools/prometheus/chart-rules';
import type { Pace } from '../../tools/prometheus/pace';
import { type Prometheus, startPrometheus } from '../../tools/prometheus/prometheus';
import type { ScrapeTarget } from '../../tools/prometheus/scrape-target';
import { Pager } from './pager';

/** What one namespace has: pages to scrape, and rules of its own. */
export interface Watched extends RulesOf {
  readonly targets: readonly ScrapeTarget[];
}

/** A Prometheus with the rules of every namespace, an Alertmanager with the routes of the chart, and who gets called. */
export interface Telemetry {
  readonly prometheus: Prometheus;
  readonly pager: Pager;
  stop(): Promise<void>;
}

/** Starts all three. */
export async function startTelemetry(watched: readonly Watched[], pace: Pace): Promise<Telemetry> {
  const pager = await Pager.open();
  const configuration = chartRoutes(() => ({ url: pager.url }), pace);
  const alertmanager = await startAlertmanager({ configuration });
  const rules = watched.map((each) => chartRules(each, pace));
  const prometheus = await startPrometheus({
    targets: watched.flatMap(({ targets }) => targets),
    scrapeIntervalMs: pace.scrapeIntervalMs,
    rules: Object.fromEntries(rules.flatMap((files) => Object.entries(files))),
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
