import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Identity } from '../core/identity';
import type { docsHandler } from './docs-handler';

/**
 * Middleware for /docs (a page to try the API on) and /docs-json (OpenAPI). Nothing of it is loaded
 * or computed until somebody asks: a start does not pay for it.
 */
export function apiDocs(app: NestExpressApplication, identity: Identity): RequestHandler {
  let handler: RequestHandler | undefined;
  return (request: Request, response: Response, next: NextFunction) => {
    if (!/^\/docs(-json|-yaml|\/|$)/.test(request.path)) return next();
    if (handler === undefined) {
      const docs = require('./docs-handler') as { readonly docsHandler: typeof docsHandler };
      handler = docs.docsHandler(app, identity);
    }
    return handler(request, response, next);
  };
}
