import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@latido/testing';
import { PrometheusApi } from '../../tools/prometheus/prometheus-api';
import { kubectl, listEverywhere } from './cluster';
import { PortForward } from './port-forward';
import { nodePod, startPods } from './probe-pod';
import { OTHER_NAMESPACE } from './release';

const PAGER_PORT = 8_080;
const LOOK_EVERY_MS = 2_000;
const OPEN_WITHIN_MS = 60_000;

/** Writes each notification as one line of its log. */
const PAGER = `
  require('node:http').createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => { console.log(body); response.end(); });
  }).listen(${PAGER_PORT});
`;

/** What Alertmanager sends to a webhook. */
export interface Notification {
  readonly status: 'firing' | 'resolved';
  readonly receiver: string;
  readonly alerts: readonly { readonly status: string; readonly labels: Readonly<Record<string, string>> }[];
}

/** The operator's Prometheus, and a pager that its Alertmanager calls. */
export class AlertWatch {
  private constructor(
    readonly prometheus: PrometheusApi,
    private readonly forward: PortForward,
  ) {}

  /** With a pager, which goes with its namespace. */
  static async withPager(): Promise<AlertWatch> {
    const watch = await AlertWatch.ofPrometheus();
    // One of an earlier run that was kept would tell of that.
    await kubectl('delete', 'pod', 'pager', '-n', OTHER_NAMESPACE, '--ignore-not-found');
    await startPods(
      OTHER_NAMESPACE,
      [nodePod({ name: 'pager', namespace: OTHER_NAMESPACE }, PAGER), PAGER_SERVICE],
      'app=pager',
    );
    return watch;
  }

  /** Without a pager: for what fires, not for who is told. */
  static async ofPrometheus(): Promise<AlertWatch> {
    const [service] = await listEverywhere('services', 'operated-prometheus=true');
    if (service === undefined) throw new Error('no Prometheus is run by the operator');
    const { name, namespace = '' } = service.metadata;
    const forward = await PortForward.to({ namespace, name: `service/${name}`, port: '9090' });
    const prometheus = new PrometheusApi(forward.url);
    await eventually(() => prometheus.query('vector(1)'), { withinMs: OPEN_WITHIN_MS });
    return new AlertWatch(prometheus, forward);
  }

  /**
   * The names of the alerts of a release that paged somebody at any time since. That deliveries are slow is true of a machine
   * that has to do everything at once, and not what is asked.
   */
  static async pagedSince(namespace: string, startedAtMs: number): Promise<readonly string[]> {
    const watch = await AlertWatch.ofPrometheus();
    const seconds = Math.ceil((Date.now() - startedAtMs) / 1_000);
    try {
      return await watch.alertnames(
        `max_over_time(ALERTS{${pagingIn(namespace)},alertname!="InteropEdgeDeliverySLOFast"}[${seconds}s])`,
      );
    } finally {
      watch.close();
    }
  }

  /** Values of the chart that send every page to the pager. */
  static readonly values: readonly string[] = [
    'alertmanager.config.enabled=true',
    ...['platform', 'events', 'state'].map(
      (team) =>
        `alertmanager.receivers.page-${team}-primary.webhookConfigs[0].url=http://pager.${OTHER_NAMESPACE}.svc:${PAGER_PORT}/`,
    ),
  ];

  /** What the pager was told so far, oldest first: all of it, or that of one alert. */
  async pages(alertname?: string): Promise<readonly Notification[]> {
    const log = await kubectl('logs', 'pager', '-n', OTHER_NAMESPACE);
    return log
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Notification)
      .filter(
        ({ alerts }) =>
          alertname === undefined || alerts.some(({ labels }) => labels['alertname'] === alertname),
      );
  }

  /** The names of the alerts of a release that fire now and page somebody. */
  async paging(namespace: string): Promise<readonly string[]> {
    return this.alertnames(`ALERTS{${pagingIn(namespace)}}`);
  }

  /**
   * Watches that nobody is paged.
   * @param but - of whom the pager may be told meanwhile.
   * @throws Error at the first page, with what it says.
   */
  async requireSilence({ forMs, but }: { readonly forMs: number; readonly but: string }): Promise<void> {
    const before = (await this.pages()).length;
    const endsAtMs = performance.now() + forMs;
    while (performance.now() < endsAtMs) {
      const told = (await this.pages()).slice(before).flatMap(({ alerts }) => alerts);
      const first = told.find(({ labels }) => labels['service'] !== but);
      if (first !== undefined) throw new Error(`somebody was paged: ${JSON.stringify(first.labels)}`);
      await delay(LOOK_EVERY_MS);
    }
  }

  private async alertnames(expression: string): Promise<readonly string[]> {
    const found = await this.prometheus.query(`max by (alertname) (${expression})`);
    return found.map(({ labels }) => labels['alertname'] ?? '').toSorted();
  }

  close(): void {
    this.forward.close();
  }
}

const pagingIn = (namespace: string): string =>
  `alertstate="firing",severity="critical",namespace="${namespace}"`;

const PAGER_SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'pager', namespace: OTHER_NAMESPACE },
  spec: { selector: { app: 'pager' }, ports: [{ port: PAGER_PORT }] },
};
