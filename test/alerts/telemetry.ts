import { startAlertmanager } from '../../tools/prometheus/alertmanager';
import { chartRoutes, chartRules, type RulesOf } from '../../tools/prometheus/chart-rules';
import type { Pace } from '../../tools/prometheus/pace';
import { type Prometheus, startPrometheus } from '../../tools/prometheus/prometheus';
import type { ScrapeTarget } from '../../tools/prometheus/scrape-target';
import type { ServerProgram } from '../../tools/prometheus/server-program';
import { Pager } from './pager';

/** After this long Prometheus repeats what it told an Alertmanager, unless it is told otherwise. */
const RESEND_DELAY_MS = 60_000;

/** What one namespace has: pages to scrape, and rules of its own. */
export interface Watched extends RulesOf {
  readonly targets: readonly ScrapeTarget[];
}

/** One Prometheus and one Alertmanager, with the rules and routes of the chart for every namespace, and who gets called. */
export class Telemetry {
  private constructor(
    readonly prometheus: Prometheus,
    readonly pager: Pager,
    private readonly alertmanager: ServerProgram,
    private readonly pace: Pace,
  ) {}

  /** Starts all three; nothing is watched yet. */
  static async start(pace: Pace): Promise<Telemetry> {
    const pager = await Pager.open();
    const configuration = chartRoutes(() => ({ url: pager.url }), pace);
    const alertmanager = await startAlertmanager({ configuration });
    const prometheus = await startPrometheus({
      targets: [],
      scrapeIntervalMs: pace.scrapeIntervalMs,
      resendDelayMs: pace.shorten(RESEND_DELAY_MS),
      alertmanagerUrl: alertmanager.url,
    });
    return new Telemetry(prometheus, pager, alertmanager, pace);
  }

  /**
   * Watches these namespaces from now on, and no others. Not while faults are judged: a Prometheus that takes up other
   * rules tells its Alertmanager nothing for some seconds.
   */
  async watch(watched: readonly Watched[]): Promise<void> {
    const rules = watched.map((each) => chartRules(each, this.pace));
    await this.prometheus.scrape(watched.flatMap(({ targets }) => targets));
    await this.prometheus.evaluate(Object.fromEntries(rules.flatMap((files) => Object.entries(files))));
  }

  async stop(): Promise<void> {
    await this.prometheus.stop();
    await this.alertmanager.stop();
    await this.pager.close();
  }
}
