import { randomBytes } from 'node:crypto';
import {
  connectEmbeddedAws,
  type EmbeddedAws,
  freePort,
  type LocalAwsProcess,
  startLocalAws,
} from '@latido/testing';
import { type ResourceNames, resourceNames } from '@latido/topology';
import type { ScrapeTarget } from '../../../tools/prometheus/scrape-target';
import { requireDiscretion } from '../../rig/discretion';
import { QueueDesk } from '../../rig/queue-desk';
import { Beater, type BeaterIdentity } from './beater';
import { Detours } from './detours';
import { type App, type Environment, Pod } from './pod';

/** How many replicas of each service there are. */
export type Replicas = Readonly<Record<App, number>>;

export interface InstallationOptions {
  /** Names it to Prometheus: what happens in one namespace pages for that one alone. */
  readonly namespace: string;
  readonly replicas: Replicas;
  /** Settings of every pod; the heartbeat interval is the one that shortens everything else. */
  readonly settings: Environment & { readonly HEARTBEAT_INTERVAL_MS: string };
}

/**
 * Latido as it stands in one namespace: an embedded AWS of its own, the pods, and whoever else beats there.
 * Every pod reaches AWS through proxies of its own, so that a fault hits one and spares the others.
 */
export class Installation {
  readonly names: ResourceNames;
  readonly desk: QueueDesk;
  private readonly beaters: Beater[] = [];

  private constructor(
    readonly options: InstallationOptions,
    readonly aws: LocalAwsProcess,
    private readonly clients: EmbeddedAws,
    readonly pods: readonly Pod[],
    private readonly detours: ReadonlyMap<string, Detours>,
  ) {
    const prefix = options.namespace;
    this.names = resourceNames({ prefix, region: 'us-east-1', accountId: '000000000000' });
    this.desk = new QueueDesk(clients);
  }

  /** Starts the embedded AWS and all pods. */
  static async open(options: InstallationOptions): Promise<Installation> {
    const aws = await startLocalAws({ prefix: options.namespace });
    const shared: Environment = {
      ...aws.env,
      ...options.settings,
      LOCAL_API_TOKEN: randomBytes(16).toString('hex'),
      LOG_LEVEL: 'warn',
    };
    const detours = new Map<string, Detours>();
    const pods: Pod[] = [];
    for (const [app, count] of Object.entries(options.replicas) as [App, number][])
      for (let ordinal = 0; ordinal < count; ordinal += 1) {
        const detour = await Detours.open(aws.env);
        const env = { ...shared, ...detour.env, ...(await ownSettings(app, ordinal)) };
        const [port, metricsPort] = [await freePort(), await freePort()];
        const pod = new Pod({ app, ordinal, namespace: options.namespace, port, metricsPort, env });
        detours.set(pod.name, detour);
        pods.push(pod);
      }
    const opened = new Installation(options, aws, connectEmbeddedAws(aws.env), pods, detours);
    // One after the other: a machine that starts everything at once does nothing else.
    for (const pod of pods) await pod.start();
    return opened;
  }

  get namespace(): string {
    return this.options.namespace;
  }

  get targets(): readonly ScrapeTarget[] {
    return this.pods.map(({ target }) => target);
  }

  /** The replicas of a service, by ordinal. */
  podsOf(app: App): readonly Pod[] {
    return this.pods.filter(({ plan }) => plan.app === app);
  }

  pod(name: string): Pod {
    const pod = this.pods.find((each) => each.name === name);
    if (pod === undefined) throw new Error(`there is no pod ${name} in ${this.namespace}`);
    return pod;
  }

  /** What spoils the calls of one pod. */
  detourOf(pod: Pod): Detours {
    return this.detours.get(pod.name)!;
  }

  async startAll(pods: readonly Pod[]): Promise<void> {
    await Promise.all(pods.map(async (pod) => pod.start()));
  }

  async killAll(pods: readonly Pod[], signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await Promise.all(pods.map(async (pod) => pod.kill(signal)));
  }

  /** A process that does nothing but beat, as a service that the topology does not know. */
  async beat(identity: BeaterIdentity): Promise<Beater> {
    const beater = new Beater(identity, { ...this.aws.env, ...this.options.settings });
    this.beaters.push(beater);
    await beater.started();
    return beater;
  }

  /** Ends everything. @throws Error when any process wrote its token or the content of an event into its log. */
  async close(): Promise<void> {
    this.aws.process.resume();
    const processes = [
      ...this.beaters.map(({ process }) => process),
      ...this.pods.flatMap((pod) => pod.processes),
    ];
    await Promise.all(processes.map(async (process) => process.kill('SIGKILL')));
    await Promise.all([...this.detours.values()].map(async (detour) => detour.close()));
    await this.aws.process.kill('SIGKILL');
    this.clients.close();
    for (const { name, plan, processes: own } of this.pods)
      for (const process of own) requireDiscretion(name, process, plan.env['LOCAL_API_TOKEN'] ?? '');
  }
}

/** What a pod does not share with its neighbours. */
async function ownSettings(app: App, ordinal: number): Promise<Environment> {
  if (app === 'heartbeat-monitor') return { HEARTBEAT_QUEUE_ORDINAL: String(ordinal) };
  if (app === 'service-b') return { RPC_PORT: String(await freePort()) };
  return {};
}
