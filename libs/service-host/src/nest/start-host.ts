import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { createLogger } from '@latido/observability/nest';
import { MetricsServer } from '@latido/observability/prometheus';
import type { Tracing } from '@latido/observability/tracing';
import type { Logger } from 'pino';
import type { HostSettings } from '../core/host-variables';
import type { Identity } from '../core/identity';
import type { StartProblem } from '../core/start-problem';
import { ProcessOwner } from '../process/process-owner';
import { startProblemsOf } from '../process/start-problems-of';
import type { StopPhase } from '../process/stop-sequence';
import { freeYoungGeneration } from '../process/young-generation';
import { announceLocalToken } from './choose-verifier';
import { closeHttp } from './close-http';
import { createApp } from './create-app';
import { type HostParts, hostParts } from './host-parts';

/** Of the spans of what was finished, beside the goodbye, which takes 400 ms; a stop must not wait for a collector that is away. */
const FLUSH_TIMEOUT_MS = 450;
/** Of the spans that ended since. What is not out by then is lost: together less than a second. */
const LAST_FLUSH_TIMEOUT_MS = 300;
/** A flush ends by its own bound; a process that gets no CPU must not exit 1 for it. */
const STARVED_MS = 3_000;
/** The page of metrics is sent, or cut, by then. */
const CLOSE_METRICS_TIMEOUT_MS = 1_000;
/** Requests that take longer than this after everything else has ended are cut. */
const CLOSE_HTTP_TIMEOUT_MS = 3_000;
/** Room for a step to notice its own bound before it is given up. */
const SLACK_MS = 500;

export interface StartingHost {
  readonly settings: HostSettings;
  readonly identity: Identity;
  readonly tracing: Tracing;
  readonly module: () => Type | DynamicModule;
  readonly transports: readonly MicroserviceOptions[];
  readonly refuse: (problems: readonly StartProblem[]) => void;
}

/** Builds everything around the module of a service, starts it, and takes ownership of the process. */
export async function startHost({
  settings,
  identity,
  tracing,
  module,
  transports,
  refuse,
}: StartingHost): Promise<void> {
  const { service, instanceId, startedAtMs } = identity;
  const log = createLogger({ service, instanceId, level: settings.logLevel });
  const parts = hostParts({ settings, identity, log });
  const owner = new ProcessOwner(process, { ...parts, stopTimeoutMs: settings.stopTimeoutMs });
  owner.watch();
  try {
    flushAtStop(parts, tracing);
    const metricsPort = await openMetrics(parts);
    const port = await openApi(module(), transports, parts);
    parts.readiness.enter('running');
    freeYoungGeneration();
    const startup_ms = Date.now() - startedAtMs;
    log.info({ event: 'service_ready', port, metrics_port: metricsPort, startup_ms }, `${service} is ready`);
    announceLocalToken(parts.verifier, settings, log);
  } catch (error) {
    const problems = startProblemsOf(error);
    if (problems.length > 0) refuse(problems);
    else await owner.fail(error);
  }
}

function flushAtStop({ stop }: HostParts, tracing: Tracing): void {
  const flush = (phase: StopPhase, timeoutMs: number): void =>
    stop.register({
      phase,
      name: 'traces',
      timeoutMs: timeoutMs + STARVED_MS,
      run: () => tracing.flush(timeoutMs),
    });
  if (!tracing.enabled) return;
  flush('goodbye', FLUSH_TIMEOUT_MS);
  flush('flush_telemetry', LAST_FLUSH_TIMEOUT_MS);
}

async function openMetrics({ settings, exposition, log, stop }: HostParts): Promise<number> {
  const { host, metricsPort: port } = settings;
  const server = await MetricsServer.start({ host, port, exposition, log });
  stop.register({
    phase: 'flush_telemetry',
    name: 'metrics',
    timeoutMs: CLOSE_METRICS_TIMEOUT_MS,
    run: () => server.stop(),
  });
  return server.port;
}

async function openApi(
  module: Type | DynamicModule,
  transports: readonly MicroserviceOptions[],
  parts: HostParts & { readonly log: Logger },
): Promise<number> {
  const app = await createApp(module, parts);
  parts.stop.register({
    phase: 'close_http',
    name: 'http',
    timeoutMs: CLOSE_HTTP_TIMEOUT_MS + SLACK_MS,
    run: () => closeHttp(app, CLOSE_HTTP_TIMEOUT_MS),
  });
  await openTransports(app, transports);
  await app.listen(parts.settings.port, parts.settings.host);
  const server: Server = app.getHttpServer();
  return (server.address() as AddressInfo).port;
}

/** Nest closes them when it closes the application. */
async function openTransports(
  app: INestApplication,
  transports: readonly MicroserviceOptions[],
): Promise<void> {
  for (const transport of transports) app.connectMicroservice(transport);
  if (transports.length > 0) await app.startAllMicroservices();
}
