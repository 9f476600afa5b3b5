import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { types } from 'node:util';
import {
  connectEmbeddedAws,
  type EmbeddedAws,
  freePort,
  type LocalAwsProcess,
  type RunningProcess,
  type ServiceProcess,
  spawnService,
  startLocalAws,
  uniquePrefix,
} from '@latido/testing';
import { type ResourceNames, resourceNames } from '@latido/topology';
import { ApiClient } from './api-client';
import { requireDiscretion } from './discretion';

export type App = 'service-a' | 'service-b' | 'heartbeat-monitor';

type Environment = Readonly<Record<string, string>>;

export interface SceneOptions {
  /** Whether the embedded AWS keeps its data over a restart; in memory by default. */
  readonly keepsData?: boolean;
  /** Settings of all services. */
  readonly settings?: Environment;
}

/** Real processes take their time on a machine that has other work; what hangs is named by bounds of its own. */
jest.setTimeout(60_000);

/** Over the settings of a production service, so that what waits for time does not wait long. */
const QUICK: Environment = {
  HEARTBEAT_INTERVAL_MS: '2000',
  CONSUMER_VISIBILITY_SECONDS: '4',
  LOG_WATCH_INTERVAL_MS: '500',
  LOG_ABANDONED_AFTER_MS: '2000',
};

/**
 * An embedded AWS of its own with services as real processes on free ports, which they keep over restarts.
 *
 *     local-aws  <---  service-a, service-b, heartbeat-monitor
 *         ^                        ^
 *         '------- the test -------'
 */
export class Scene {
  readonly a: ApiClient;
  readonly b: ApiClient;
  readonly monitor: ApiClient;
  readonly names: ResourceNames;
  /** Everything that was ever started here, in its order. */
  private readonly processes: (readonly [name: string, process: RunningProcess])[] = [];
  private readonly running = new Map<App, ServiceProcess>();
  private detours: Environment = {};

  private constructor(
    readonly aws: EmbeddedAws,
    private localAws: LocalAwsProcess,
    private readonly fixed: {
      readonly prefix: string;
      readonly dataDir: string | undefined;
      readonly token: string;
      readonly settings: Environment;
      readonly ports: Readonly<Record<App | 'rpc', number>>;
      readonly metricsPorts: Readonly<Record<App, number>>;
    },
  ) {
    this.a = this.clientOf('service-a');
    this.b = this.clientOf('service-b');
    this.monitor = this.clientOf('heartbeat-monitor');
    this.names = resourceNames({ prefix: fixed.prefix, region: 'us-east-1', accountId: '000000000000' });
    this.processes.push(['local-aws', localAws.process]);
  }

  static async open({ keepsData = false, settings = {} }: SceneOptions = {}): Promise<Scene> {
    const prefix = uniquePrefix();
    const dataDir = keepsData ? await mkdtemp(join(tmpdir(), 'latido-scene-')) : undefined;
    const localAws = await startLocalAws({ prefix, ...(dataDir !== undefined && { dataDir }) });
    return new Scene(connectEmbeddedAws(localAws.env), localAws, {
      prefix,
      dataDir,
      settings,
      token: randomBytes(16).toString('hex'),
      ports: { ...(await appPorts()), rpc: await freePort() },
      metricsPorts: await appPorts(),
    });
  }

  /** Starts services side by side and waits until they are ready. */
  async start(...apps: readonly App[]): Promise<void> {
    await Promise.all(
      apps.map(async (app) => {
        const service = await this.spawn(app);
        await service.waitForReady();
      }),
    );
  }

  /** Starts a service that may never become ready, with settings of its own over those of the scene. */
  async spawn(
    app: App,
    settings: Readonly<Record<string, string | undefined>> = {},
  ): Promise<ServiceProcess> {
    const service = await spawnService({ app, env: { ...this.envOf(app), ...settings } });
    this.processes.push([app, service]);
    this.running.set(app, service);
    return service;
  }

  clientOf(app: App): ApiClient {
    return new ApiClient(`http://127.0.0.1:${this.fixed.ports[app]}`, this.fixed.token);
  }

  /** The last process of a service that was started. */
  processOf(app: App): ServiceProcess {
    const service = this.running.get(app);
    if (service === undefined) throw new Error(`${app} was not started`);
    return service;
  }

  /** Ends a service and waits until it has ended. */
  async kill(app: App, signal: NodeJS.Signals): Promise<void> {
    await this.processOf(app).kill(signal);
  }

  /** The embedded AWS stops answering, with its connections open. */
  freezeAws(): void {
    this.localAws.process.suspend();
  }

  thawAws(): void {
    this.localAws.process.resume();
  }

  async killAws(): Promise<void> {
    await this.localAws.process.kill('SIGKILL');
  }

  /** The embedded AWS again, in the same place, with the data it kept. */
  async restartAws(): Promise<void> {
    const { dataDir, prefix } = this.fixed;
    if (dataDir === undefined) throw new Error('open the scene with keepsData: true');
    this.localAws = await startLocalAws({ dataDir, prefix, ports: this.localAws.ports });
    this.processes.push(['local-aws', this.localAws.process]);
  }

  /** Sends services that start from now on elsewhere: values of the endpoint variables of the AWS SDK. */
  detour(endpoints: Environment): void {
    this.detours = { ...this.detours, ...endpoints };
  }

  /** Where the embedded AWS answers, by the endpoint variables of the AWS SDK. */
  get endpoints(): Environment {
    return this.localAws.env;
  }

  /** The metrics page of a service. */
  async metrics(app: App): Promise<string> {
    return (await fetch(`http://${this.metricsAddressOf(app)}/metrics`)).text();
  }

  /** Host and port of the metrics page of a service. */
  metricsAddressOf(app: App): string {
    return `127.0.0.1:${this.fixed.metricsPorts[app]}`;
  }

  /** What one service finds in its environment. */
  envOf(app: App): Readonly<Record<string, string>> {
    const { ports, metricsPorts, token, settings } = this.fixed;
    return {
      ...this.localAws.env,
      ...QUICK,
      ...settings,
      ...this.detours,
      // The embedded AWS takes any; who called what can be seen by it.
      AWS_ACCESS_KEY_ID: app,
      LOCAL_API_TOKEN: token,
      PORT: String(ports[app]),
      METRICS_PORT: String(metricsPorts[app]),
      RPC_PORT: String(ports.rpc),
      SERVICE_B_RPC_URL: `tcp://127.0.0.1:${ports.rpc}`,
      HEARTBEAT_QUEUE_ORDINAL: '0',
    };
  }

  /**
   * A part of the story: when it fails, what the processes said last is added to the error.
   * @example it('keeps its promise', scene.tells(async () => expect(1).toBe(1)));
   */
  async tell<T>(story: () => Promise<T>): Promise<T> {
    try {
      return await story();
    } catch (error) {
      if (types.isNativeError(error)) append(error, this.lastWords());
      throw error;
    }
  }

  /**
   * Ends everything.
   * @throws Error when any process wrote the token or the content of an event into its log.
   */
  async close(): Promise<void> {
    this.thawAws();
    for (const [, process] of this.processes.toReversed()) await process.kill('SIGKILL');
    this.aws.close();
    if (this.fixed.dataDir !== undefined) await rm(this.fixed.dataDir, { recursive: true, maxRetries: 20 });
    for (const [name, process] of this.processes) requireDiscretion(name, process, this.fixed.token);
  }

  private lastWords(): string {
    return this.processes.map(([name, process]) => `--- ${name} said last:\n${process.tail()}`).join('\n');
  }
}

/**
 * A test with a scene of its own, closed at its end however it ends.
 * @example it('loses nothing', inScene({}, async (scene) => { await scene.start('service-a'); }), 60_000);
 */
export function inScene(options: SceneOptions, story: (scene: Scene) => Promise<void>): () => Promise<void> {
  return async () => {
    const scene = await Scene.open(options);
    try {
      await scene.tell(() => story(scene));
    } finally {
      await scene.close();
    }
  };
}

/**
 * Errors of Node itself, as `fetch` throws them, are no instances of the `Error` of a test runner's sandbox. The stack repeats the message as it was when the error was made, and is what a test runner prints. */
function append(error: Error, words: string): void {
  const { message, stack = '' } = error;
  error.message = `${message}\n\n${words}`;
  error.stack = stack.replace(message, () => error.message);
}

async function appPorts(): Promise<Readonly<Record<App, number>>> {
  const [a, b, monitor] = await Promise.all([freePort(), freePort(), freePort()]);
  return { 'service-a': a, 'service-b': b, 'heartbeat-monitor': monitor };
}
