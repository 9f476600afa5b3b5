import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { apiDocs } from './api-docs';
import type { Identity } from '../core/identity';

/** An event is at most 256 KB, and so is a body. */
const BODY_LIMIT_BYTES = 256 * 1024;
/** A client that needs longer to send 256 KB is not helped by waiting. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than the idle time of AWS load balancers (60 s), or they meet closed sockets. */
const KEEP_ALIVE_MS = 65_000;

/** What every service's HTTP has: bounded bodies and waits, no banner, documentation. */
export function configureHttp(app: NestExpressApplication, identity: Identity): void {
  app.disable('x-powered-by');
  app.use(apiDocs(app, identity));
  app.useBodyParser('json', { limit: BODY_LIMIT_BYTES, strict: false, type: isJson });
  const server: Server = app.getHttpServer();
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
}

function isJson(request: { readonly headers: { readonly 'content-type'?: string } }): boolean {
  return /^application\/([\w.-]+\+)?json\b/i.test(request.headers['content-type'] ?? '');
}
