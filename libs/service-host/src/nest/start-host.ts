import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { RequestHandler } from 'express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DynamicModule, Type } from '@nestjs/common';
import { ReadinessChecks } from '@latido/observability';
import { accessLog, createLogger } from '@latido/observability/nest';
import { Exposition, httpRequestMetrics, MetricsServer } from '@latido/observability/prometheus';
import type { Tracing } from '@latido/observability/tracing';
import type { HostSettings } from '../core/host-variables';
import type { Identity } from '../core/identity';
import { ProcessOwner } from '../process/process-owner';
import { startProblemsOf } from '../process/start-problems-of';
import { StopSequence } from '../process/stop-sequence';
import type { StartProblem } from '../core/start-problem';
import { announceLocalToken, tokenVerifierOf } from './token-verifier';
import { closeHttp } from './close-http';
import { configureHttp } from './configure-http';
import { HostModule, type HostParts } from './host.module';
import { NestLog } from './nest-log';

/** Telemetry that is not out by then is lost; a stop must not wait for a collector that is away. */
const FLUSH_TIMEOUT_MS = 1_000;
/** Requests that take longer than this after everything else has ended are cut. */
const CLOSE_HTTP_TIMEOUT_MS = 3_000;

export interface StartingHost {
  readonly settings: HostSettings;
  readonly identity: Identity;
  readonly tracing: Tracing;
  readonly module: () => Type | DynamicModule;
  readonly refuse: (problems: readonly StartProblem[]) => undefined;
}

/** Where a started service can be reached. */
export interface StartedHost {
  readonly port: number;
  readonly metricsPort: number;
}

/** Builds everything around the module of a service, starts it, and takes ownership of the process. */
export async function startHost(starting: StartingHost): Promise<StartedHost | undefined> {
  const { settings, identity, refuse } = starting;
  const log = createLogger({
    service: identity.service,
    instanceId: identity.instanceId,
    level: settings.logLevel,
  });
  const exposition = new Exposition(identity);
  const readiness = new ReadinessChecks();
  const stop = new StopSequence(log);
  const owner = new ProcessOwner(process, { log, readiness, stop, stopTimeoutMs: settings.stopTimeoutMs });
  owner.watch();
  try {
    const parts: HostParts = {
      settings,
      identity,
      log,
      readiness,
      stop,
      exposition,
      verifier: tokenVerifierOf(settings),
    };
    const started = await open(starting, parts, [accessLog(log), httpRequestMetrics(exposition.registry)]);
    readiness.enter('running');
    const startup_ms = Date.now() - identity.startedAtMs;
    log.info({ event: 'service_ready', ...started, startup_ms }, `${identity.service} is ready`);
    announceLocalToken(parts.verifier, settings, log);
    return started;
  } catch (error) {
    const problems = startProblemsOf(error);
    if (problems.length > 0) return refuse(problems);
    await owner.fail(error);
    return undefined;
  }
}

async function open(
  starting: StartingHost,
  parts: HostParts,
  observers: readonly RequestHandler[],
): Promise<StartedHost> {
  const { settings, tracing } = starting;
  const { log, exposition, stop } = parts;
  stop.register({
    phase: 'flush_telemetry',
    name: 'traces',
    timeoutMs: FLUSH_TIMEOUT_MS + 500,
    run: () => tracing.flush(FLUSH_TIMEOUT_MS),
  });
  const metricsServer = await MetricsServer.start({
    host: settings.host,
    port: settings.metricsPort,
    exposition,
    log,
  });
  stop.register({
    phase: 'flush_telemetry',
    name: 'metrics',
    timeoutMs: FLUSH_TIMEOUT_MS,
    run: () => metricsServer.stop(),
  });
  const app = await NestFactory.create<NestExpressApplication>(HostModule.around(starting.module(), parts), {
    logger: new NestLog(log),
    bodyParser: false,
    abortOnError: false,
  });
  app.use(...observers);
  configureHttp(app, parts);
  stop.register({
    phase: 'close_http',
    name: 'http',
    timeoutMs: CLOSE_HTTP_TIMEOUT_MS + 2_000,
    run: () => closeHttp(app, CLOSE_HTTP_TIMEOUT_MS),
  });
  await app.listen(settings.port, settings.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { port, metricsPort: metricsServer.port };
}
