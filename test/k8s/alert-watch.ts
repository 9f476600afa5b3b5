import { PrometheusApi } from '../../tools/prometheus/prometheus-api';
import { kubectl, listEverywhere } from './cluster';
import { PortForward } from './port-forward';
import { nodePod, startPods } from './probe-pod';
import { OTHER_NAMESPACE } from './release';

const PAGER_PORT = 8_080;

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

  static async open(): Promise<AlertWatch> {
    const [service] = await listEverywhere('services', 'operated-prometheus=true');
    if (service === undefined) throw new Error('no Prometheus is run by the operator');
    const { name, namespace = '' } = service.metadata;
    const forward = await PortForward.to({ namespace, name: `service/${name}`, port: '9090' });
    await startPods(
      OTHER_NAMESPACE,
      [nodePod({ name: 'pager', namespace: OTHER_NAMESPACE }, PAGER), PAGER_SERVICE],
      'app=pager',
    );
    return new AlertWatch(new PrometheusApi(forward.url), forward);
  }

  /** Values of the chart that send every page to the pager. */
  static readonly values: readonly string[] = [
    'alertmanager.config.enabled=true',
    ...['platform', 'events', 'state'].map(
      (team) =>
        `alertmanager.receivers.page-${team}-primary.webhookConfigs[0].url=http://pager.${OTHER_NAMESPACE}.svc:${PAGER_PORT}/`,
    ),
  ];

  /** What the pager was told of an alert so far, oldest first. */
  async pages(alertname: string): Promise<readonly Notification[]> {
    const log = await kubectl('logs', 'pager', '-n', OTHER_NAMESPACE);
    return log
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Notification)
      .filter(({ alerts }) => alerts.some(({ labels }) => labels['alertname'] === alertname));
  }

  /** The names of the alerts of a release that fire now and page somebody. */
  async paging(namespace: string): Promise<readonly string[]> {
    const alerts = await this.prometheus.alerts();
    return alerts
      .filter(
        ({ labels, state }) =>
          state === 'firing' && labels['namespace'] === namespace && labels['severity'] === 'critical',
      )
      .map(({ labels }) => labels['alertname'] ?? '')
      .toSorted();
  }

  async close(): Promise<void> {
    this.forward.close();
    await kubectl(
      'delete',
      'pod,service',
      'pager',
      '-n',
      OTHER_NAMESPACE,
      '--ignore-not-found',
      '--wait=false',
    );
  }
}

const PAGER_SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'pager', namespace: OTHER_NAMESPACE },
  spec: { selector: { app: 'pager' }, ports: [{ port: PAGER_PORT }] },
};
