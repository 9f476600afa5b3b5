import { connectEmbeddedAws, eventually } from '@latido/testing';
import { resourceNames } from '@latido/topology';
import type { ApiClient } from '../rig/api-client';
import type { Books } from '../rig/ledger';
import { facts, fromRunner, helm, kubectl, list, type Pod } from './cluster';
import { PortForward } from './port-forward';
import { SteadyClient } from './steady-client';

/** Images of two versions that differ in nothing but that. */
export const NOW = 'k8s-test';
export const NEXT = 'k8s-test-next';
/** Where the part that runs has everything but what must not disturb it. */
export const NAMESPACE = fromRunner('K8S_NAMESPACE');
export const OTHER_NAMESPACE = fromRunner('K8S_OTHER_NAMESPACE');

/** The one of values-kind.yaml. */
const TOKEN = 'latido-on-kind-token';
const CHART = 'charts/latido';

/** The components with an API. */
export type Component = 'service-a' | 'service-b' | 'heartbeat-monitor';
export const COMPONENTS: readonly Component[] = ['service-a', 'service-b', 'heartbeat-monitor'];

/** A release of the chart with the kind values, and ways to talk to it. */
export class Release {
  private readonly forwards: PortForward[] = [];

  constructor(
    readonly name: string,
    readonly namespace: string,
  ) {}

  /** `helm upgrade --install --wait`; values are as after `--set`. */
  async install({ set = [], chart = CHART, tag = NOW }: InstallOptions = {}): Promise<void> {
    // Where no node is ever taken away: its loss would be the loss of what the books are held against.
    const steady = `localAws.nodeSelector.kubernetes\\.io/hostname=${facts().workers[0]}`;
    const values = [`image.tag=${tag}`, `localAws.image.tag=${NOW}`, steady, ...set].flatMap((value) => [
      '--set',
      value,
    ]);
    const flags = ['-n', this.namespace, '-f', `${chart}/values-kind.yaml`, '--wait', '--timeout', '5m'];
    await helm('upgrade', '--install', this.name, chart, ...flags, ...values);
  }

  /** As the rest of a run expects it: installed, two of everything, nothing in motion. */
  static async settled(set: readonly string[] = []): Promise<Release> {
    const release = new Release('latido', NAMESPACE);
    await release.install({ set });
    return release;
  }

  object(component: string): string {
    return this.name.includes('latido') ? `${this.name}-${component}` : `${this.name}-latido-${component}`;
  }

  /** What the pods of a component, or of all, are selected by. */
  selector(component?: string): string {
    const all = `app.kubernetes.io/name=latido,app.kubernetes.io/instance=${this.name}`;
    return component === undefined ? all : `${all},app.kubernetes.io/component=${component}`;
  }

  pods(component?: string): Promise<readonly Pod[]> {
    return list<Pod>('pods', this.namespace, this.selector(component));
  }

  /** Pods that answer and are not about to go. */
  async readyPods(component: string): Promise<readonly Pod[]> {
    const pods = await this.pods(component);
    return pods.filter(
      ({ metadata, status }) =>
        metadata.deletionTimestamp === undefined &&
        status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
    );
  }

  async untilReady(component: string, count: number, { withinMs = 120_000 } = {}): Promise<void> {
    await eventually(
      async () => {
        const ready = (await this.readyPods(component)).length;
        if (ready !== count) throw new Error(`${ready} pods of ${component} are ready, not ${count}`);
      },
      { withinMs },
    );
  }

  /** Resolves when a rollout of a component is through. */
  async untilRolledOut(component: string): Promise<void> {
    await this.kubectl('rollout', 'status', this.workload(component), '--timeout=5m');
  }

  /** Replaces every pod of a component, one after the other. */
  async restart(component: string): Promise<void> {
    await this.kubectl('rollout', 'restart', this.workload(component));
    await this.untilRolledOut(component);
  }

  async scale(component: string, replicas: number): Promise<void> {
    await this.kubectl('scale', this.workload(component), `--replicas=${replicas}`);
  }

  private workload(component: string): string {
    return `${component === 'heartbeat-monitor' ? 'statefulset' : 'deployment'}/${this.object(component)}`;
  }

  private kubectl(...args: readonly string[]): Promise<string> {
    return kubectl(...args, '-n', this.namespace);
  }

  /** The API of a component, over whichever pod answers. */
  async client(component: Component): Promise<ApiClient> {
    return new SteadyClient(await this.urlOf(component, 'http'), TOKEN);
  }

  /** The API of one pod. */
  async clientOfPod(pod: string, port: number): Promise<ApiClient> {
    const forward = await this.forward(`pod/${pod}`, String(port));
    return new SteadyClient(forward, TOKEN);
  }

  /** What the ledger is held against. */
  async books(): Promise<Books> {
    const messaging = await this.urlOf('local-aws', '4566');
    const dynamodb = await this.urlOf('local-aws', '4567');
    const aws = connectEmbeddedAws({
      AWS_ENDPOINT_URL_SNS: messaging,
      AWS_ENDPOINT_URL_SQS: messaging,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    });
    const names = resourceNames({ prefix: this.name, region: 'us-east-1', accountId: '000000000000' });
    return { a: await this.client('service-a'), b: await this.client('service-b'), aws, names };
  }

  async uninstall(): Promise<void> {
    await helm('uninstall', this.name, '-n', this.namespace, '--wait', '--ignore-not-found');
    await this.kubectl('wait', 'pods', '-l', this.selector(), '--for=delete', '--timeout=2m');
  }

  /** Ends what leads to it; the release stays. */
  close(): void {
    for (const forward of this.forwards) forward.close();
  }

  private urlOf(component: string, port: string): Promise<string> {
    return this.forward(`service/${this.object(component)}`, port);
  }

  private async forward(name: string, port: string): Promise<string> {
    const forward = await PortForward.to({ namespace: this.namespace, name, port });
    this.forwards.push(forward);
    return forward.url;
  }
}

export interface InstallOptions {
  readonly set?: readonly string[];
  readonly chart?: string;
  readonly tag?: string;
}
