import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Child } from './child';
import { formatLine } from './log-line';
import {
  type PlanInput,
  planProcesses,
  type PlannedProcess,
  type PlannedService,
  type ProcessPlan,
} from './process-plan';
import { waitUntilReady } from './readiness';
import { readyText } from './ready-text';
import { heartbeatIntervalMs, removeRunFile, writeRunFile } from './run-file';
import { StopRequest } from './stop-request';
import { DevLoop } from './watch/dev-loop';

const LOCAL_AWS_READY = '"event":"local_aws_ready"';
/** Longer than a service takes to finish its handlers and say goodbye. */
const SERVICE_STOPS_WITHIN_MS = 15_000;
const LOCAL_AWS_STOPS_WITHIN_MS = 5_000;
const EXIT_NOTHING_RUNS = 1;
/** What a shell answers for a program ended by Ctrl-C. */
const EXIT_FORCED = 130;
const SLOW_START_MS = 20_000;

type LaunchInput = Omit<PlanInput, 'token'>;

/** Starts everything, and stops it on SIGINT, SIGTERM or SIGHUP. Called by start.cjs. */
export async function launch(input: LaunchInput): Promise<void> {
  await new Launcher(input).run();
}

class Launcher {
  private readonly token: string;
  private readonly plan: ProcessPlan;
  private readonly names: readonly string[];
  private readonly children = new Map<string, Child>();
  /** Services that are stopped only to start again. */
  private readonly restarting = new Set<string>();
  private readonly stopRequest = new StopRequest(() => performance.now());

  constructor(private readonly input: LaunchInput) {
    this.token = input.env['LOCAL_API_TOKEN'] ?? randomBytes(16).toString('hex');
    this.plan = planProcesses({ ...input, token: this.token });
    this.names = [this.plan.localAws, ...this.plan.services].map(({ name }) => name);
  }

  async run(): Promise<void> {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.onSignal());
    process.once('exit', () => this.killAll());
    // A reader that has gone (a closed pipe) is no reason to leave everything running unordered.
    process.stdout.on('error', () => this.onSignal());
    const seeded = await this.startLocalAws();
    if (!seeded || this.stopRequest.requested) return;
    const ready = await Promise.all(this.plan.services.map((service) => this.startService(service)));
    if (this.stopRequest.requested) return;
    this.tellOthers();
    if (ready.every(Boolean)) this.greet();
    else this.say('Latido runs in part: see above which process is missing');
    if (this.input.watch === true) this.watchSources();
  }

  private watchSources(): void {
    const loop = new DevLoop({
      root: this.input.root,
      services: this.plan.services.map(({ name }) => name),
      restart: (name) => this.restart(name),
      say: (text) => this.say(text),
    });
    process.once('exit', loop.start());
    this.say('watching apps and libs: save a source to see it serve');
  }

  private async restart(name: string): Promise<boolean> {
    const planned = this.plan.services.find((service) => service.name === name);
    if (planned === undefined || this.stopRequest.requested) return false;
    this.restarting.add(name);
    const stopped = this.children.get(name)?.stop({ withinMs: SERVICE_STOPS_WITHIN_MS });
    if (!planned.mayOverlap) await stopped;
    const next = this.start(planned, { preloads: ['listen-when-told.cjs'] });
    await stopped;
    next.letListen();
    this.restarting.delete(name);
    return this.untilReady(planned, next);
  }

  private async startLocalAws(): Promise<boolean> {
    let seeded = (): void => {};
    const ready = new Promise<boolean>((resolve) => (seeded = () => resolve(true)));
    const child = this.start(this.plan.localAws, {
      onLine: (line) => line.includes(LOCAL_AWS_READY) && seeded(),
    });
    return Promise.race([ready, child.ended.then(() => false)]);
  }

  private async startService(planned: PlannedService): Promise<boolean> {
    return this.untilReady(planned, this.start(planned));
  }

  private async untilReady(planned: PlannedService, child: Child): Promise<boolean> {
    const gone = new AbortController();
    void child.ended.then(() => gone.abort());
    return waitUntilReady(planned.url, {
      giveUp: gone.signal,
      remindAfterMs: SLOW_START_MS,
      onSlow: (look) => this.say(`${planned.name} is still not ready: ${look}`),
    });
  }

  private start(
    planned: PlannedProcess,
    {
      preloads = [],
      onLine,
    }: { readonly preloads?: readonly string[]; readonly onLine?: (line: string) => void } = {},
  ): Child {
    const child = new Child(planned, {
      preloads: ['end-with-parent.cjs', ...preloads].map((file) =>
        join(this.input.root, 'tools/launcher', file),
      ),
      onLine: (line) => {
        this.print(formatLine(line, this.sourceOf(planned.name)));
        onLine?.(line);
      },
    });
    this.children.set(planned.name, child);
    void child.ended.then((how) => this.onEnd(planned.name, how));
    return child;
  }

  /** One that ends by itself is named, and the rest goes on; without anybody left there is nothing to watch. */
  private onEnd(name: string, how: string): void {
    if (this.stopRequest.requested || this.restarting.has(name)) return;
    const others = [...this.children.values()].filter((child) => child.running).map((child) => child.name);
    this.say(`${name} ended: ${how}; still running: ${others.join(', ') || 'nothing'}`);
    if (others.length === 0) process.exit(EXIT_NOTHING_RUNS);
  }

  private onSignal(): void {
    const meaning = this.stopRequest.signalled();
    if (meaning === 'stop') {
      this.say('stopping; Ctrl-C again to force');
      void this.stop();
    } else if (meaning === 'force') {
      process.exit(EXIT_FORCED);
    }
  }

  /** Those who send first, then who watches them, then what they all stand on. */
  private async stop(): Promise<void> {
    const [serviceA, serviceB, monitor] = this.plan.services;
    await this.stopAll([serviceA, serviceB], SERVICE_STOPS_WITHIN_MS);
    await this.stopAll([monitor], SERVICE_STOPS_WITHIN_MS);
    await this.stopAll([this.plan.localAws], LOCAL_AWS_STOPS_WITHIN_MS);
    this.say('stopped');
    process.exit(0);
  }

  private async stopAll(planned: readonly PlannedProcess[], withinMs: number): Promise<void> {
    const started = planned.map(({ name }) => this.children.get(name)).filter((child) => child !== undefined);
    await Promise.all(started.map((child) => child.stop({ withinMs })));
  }

  private killAll(): void {
    removeRunFile(this.input.root, process.pid);
    for (const child of this.children.values()) child.kill();
  }

  /** For `npm run observe`. */
  private tellOthers(): void {
    writeRunFile(this.input.root, {
      pid: process.pid,
      token: this.token,
      heartbeatIntervalMs: heartbeatIntervalMs(this.input.env),
      services: this.plan.services.map(({ name, url, metricsUrl }) => ({ name, url, metricsUrl })),
    });
  }

  private greet(): void {
    const withPid = (service: PlannedService) => ({
      ...service,
      pid: this.children.get(service.name)?.pid ?? 0,
    });
    const [serviceA, serviceB, monitor] = this.plan.services;
    this.print(
      readyText({
        services: [withPid(serviceA), withPid(serviceB), withPid(monitor)],
        token: this.token,
        awsUrls: {
          messaging: this.plan.localAws.env['AWS_ENDPOINT_URL_SQS'] ?? '',
          dynamodb: this.plan.localAws.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
        },
      }),
    );
  }

  private say(text: string): void {
    this.print(formatLine(text, this.sourceOf('latido')));
  }

  private print(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  private sourceOf(name: string) {
    const place = this.names.indexOf(name);
    const coloured = process.stdout.isTTY && this.input.env['NO_COLOR'] === undefined && place >= 0;
    const width = Math.max(...this.names.map(({ length }) => length));
    return { name, width, ...(coloured && { colour: place }) };
  }
}
