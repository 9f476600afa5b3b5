import { randomBytes, randomUUID } from 'node:crypto';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import type { DynamicModule, Type } from '@nestjs/common';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { startTracing } from '@latido/observability/tracing';
import type { ServiceDeclaration, SettingsOf, Variables } from '../core/declare-service';
import { Identity } from '../core/identity';
import { readConfig } from '../core/read-config';
import { describeRefusal, EXIT_REFUSED, type StartProblem } from '../core/start-problem';
import { tracingSettings } from '../core/tracing-variables';
import type { startHost } from '../nest/start-host';
import { holdYoungGeneration } from './young-generation';

/** What the module of a service may build upon; the same things can be injected by their classes. */
export interface Host<V extends Variables = Variables> {
  readonly settings: SettingsOf<V>;
  readonly identity: Identity;
}

/** The Nest module of a service, made when the settings are known. */
export type ServiceModule<V extends Variables> = (host: Host<V>) => Type | DynamicModule;

/** The transports beside HTTP that a service listens on; its message patterns answer on each. */
export type ServiceTransports<V extends Variables> = (host: Host<V>) => readonly MicroserviceOptions[];

/**
 * Runs a service from its first line to its exit code.
 *
 *     read settings -> start tracing -> load Nest and the module -> listen -> ready -> (signal) -> stop -> exit
 *
 * `module` is called after tracing has started and must load its file itself, inside the function:
 * what is loaded earlier makes no spans. Never call process.exit anywhere; throw StartRefusedError
 * while starting, and let errors out when running.
 *
 * @param transports - opened before HTTP, closed with it. Their messages carry no token: bind them to where only
 *   friends can reach.
 * @example
 * void runService(serviceB, (host) => {
 *   const { ServiceBModule } = require('./service-b.module') as typeof import('./service-b.module');
 *   return ServiceBModule.with(host);
 * });
 */
export async function runService<V extends Variables>(
  declaration: ServiceDeclaration<V>,
  module: ServiceModule<V>,
  transports: ServiceTransports<V> = () => [],
): Promise<void> {
  const startedAtMs = Date.now();
  holdYoungGeneration();
  cacheCompiledCode();
  const reading = readConfig(declaration, process.env);
  if (reading.outcome === 'refused') {
    refuse(declaration.service, reading.problems);
    return;
  }
  const { settings } = reading;
  const identity = new Identity({
    service: declaration.service,
    version: settings.version,
    instanceId: settings.podUid ?? randomUUID(),
    startedAtMs,
    nonce: randomBytes(4).toString('hex'),
  });
  const tracing = startTracing(identity, tracingSettings(settings));
  // require, not import: Nest, pino and the AWS clients must be loaded after tracing has started.
  const nest = require('../nest/start-host') as { readonly startHost: typeof startHost };
  await nest.startHost({
    settings,
    identity,
    tracing,
    module: () => module({ settings, identity }),
    transports: transports({ settings, identity }),
    refuse: (problems) => refuse(declaration.service, problems),
  });
}

/** Says everything that is wrong and ends the process; nothing has been started that would need a stop. */
function refuse(service: string, problems: readonly StartProblem[]): void {
  process.stderr.write(describeRefusal(service, problems));
  process.exit(EXIT_REFUSED);
}

/** Compiled code is kept beside the build, which its owner alone may write; a read-only build runs without. */
function cacheCompiledCode(): void {
  enableCompileCache(process.env['NODE_COMPILE_CACHE'] ?? join(__dirname, '../../../../.compile-cache'));
}
