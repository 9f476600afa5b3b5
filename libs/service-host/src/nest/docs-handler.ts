import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { RequestHandler } from 'express';
import type { Identity } from '../core/identity';
import { describeApi } from './api-description';
import { routeSchemas, withSchemas } from './route-schemas';

/** The pages of /docs, on an HTTP adapter of their own: the application's is closed to new routes by now. */
export function docsHandler(app: NestExpressApplication, { service, version }: Identity): RequestHandler {
  const config = new DocumentBuilder()
    .setTitle(service)
    .setVersion(version)
    .setDescription(
      'Errors are problem details (RFC 9457). Methods that change something need a bearer token.',
    )
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  describeApi();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller}_${method}`,
  });
  const adapter = new ExpressAdapter();
  const onAdapter = new Proxy(app, {
    get: (target, name): unknown => {
      if (name === 'getHttpAdapter') return () => adapter;
      if (name === 'useStaticAssets')
        return (path: string, options: { readonly prefix?: string }) =>
          adapter.useStaticAssets(path, options);
      return Reflect.get(target, name) as unknown;
    },
  });
  SwaggerModule.setup('docs', onAdapter, withSchemas(document, routeSchemas(app)));
  return adapter.getInstance<RequestHandler>();
}
