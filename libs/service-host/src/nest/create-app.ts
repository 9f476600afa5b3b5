import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { accessLog } from '@latido/observability/nest';
import { httpRequestMetrics } from '@latido/observability/prometheus';
import type { Logger } from 'pino';
import { configureHttp } from './configure-http';
import { HostModule } from './host.module';
import type { HostParts } from './host-parts';
import { NestLog } from './nest-log';

/** The Nest application around the module of a service, not listening yet. It leaves signals alone. */
export async function createApp(
  module: Type | DynamicModule,
  parts: HostParts & { readonly log: Logger },
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(HostModule.around(module, parts), {
    logger: new NestLog(parts.log),
    bodyParser: false,
    abortOnError: false,
  });
  app.use(accessLog(parts.log), httpRequestMetrics(parts.exposition.registry));
  configureHttp(app, parts.identity);
  return app;
}
