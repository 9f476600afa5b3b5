import { startAlertmanager } from '../prometheus/alertmanager';
import { chartRoutes, chartRules, RELEASE } from '../prometheus/chart-rules';
import { Pace } from '../prometheus/pace';
import { startPrometheus } from '../prometheus/prometheus';
import type { ScrapeTarget } from '../prometheus/scrape-target';
import type { ServerProgram } from '../prometheus/server-program';
import type { RunFile } from '../launcher/run-file';

const NAMESPACE = 'local';

/** Prometheus and Alertmanager beside a running system. */
export interface Observation {
  readonly prometheus: ServerProgram;
  readonly alertmanager: ServerProgram;
  stop(): Promise<void>;
}

/**
 * Starts both with the rules and routes of the chart. Whatever a receiver of the chart would hear goes to the
 * monitor's console; its pagers and chats are not called.
 */
export async function observe(
  run: RunFile,
  ports: { readonly prometheus: number; readonly alertmanager: number },
): Promise<Observation> {
  const pace = new Pace(run.heartbeatIntervalMs);
  const webhook = { url: `${urlOf(run, 'heartbeat-monitor')}/alertmanager`, bearerToken: run.token };
  const alertmanager = await startAlertmanager({
    configuration: chartRoutes((receiver) => (receiver === 'console' ? webhook : undefined), pace),
    port: ports.alertmanager,
  });
  try {
    const prometheus = await startPrometheus({
      targets: run.services.map(targetOf),
      scrapeIntervalMs: pace.scrapeIntervalMs,
      rules: chartRules({ namespace: NAMESPACE, monitors: 1 }, pace),
      alertmanagerUrl: alertmanager.url,
      port: ports.prometheus,
    });
    const stop = async (): Promise<void> => {
      await prometheus.stop();
      await alertmanager.stop();
    };
    return { prometheus, alertmanager, stop };
  } catch (error) {
    await alertmanager.stop();
    throw error;
  }
}

function targetOf({ name, metricsUrl }: RunFile['services'][number]): ScrapeTarget {
  const labels = { namespace: NAMESPACE, release: RELEASE, app: name, pod: `${name}-0` };
  return { address: new URL(metricsUrl).host, labels };
}

function urlOf({ services }: RunFile, service: string): string {
  return services.find(({ name }) => name === service)?.url ?? '';
}
