import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { type HttpLogger, pinoHttp } from 'pino-http';

/** Asked every few seconds by machines; their lines would drown the others. */
const QUIET_PATH = /^\/(health|metrics|docs|favicon\.ico)(\/|\?|$)/;

/**
 * Middleware that writes one line a request when it ends: method, path, status and duration, and
 * nothing of headers, query or body; none for probes. Put it before whatever may refuse a request.
 */
export function accessLog(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    autoLogging: { ignore: (request) => QUIET_PATH.test(request.url ?? '') },
    quietReqLogger: true,
    serializers: { req: () => undefined, res: () => undefined },
    customLogLevel: (_request, response, error) => levelOf(response.statusCode, error),
    customSuccessObject: (request, response, value: object) => ({
      ...accessFields(request, response),
      ...durationOf(value),
    }),
    customErrorObject: (request, response, error, value: object) => ({
      ...accessFields(request, response),
      ...durationOf(value),
      err: error,
    }),
    customSuccessMessage: () => 'request served',
    customErrorMessage: () => 'request failed',
  });
}

function accessFields(request: IncomingMessage, response: ServerResponse): object {
  const url = 'originalUrl' in request ? String(request.originalUrl) : (request.url ?? '');
  return {
    event: 'http_request',
    method: request.method,
    path: url.split('?')[0],
    status: response.statusCode,
  };
}

function durationOf(value: object): object {
  return 'responseTime' in value ? { duration_ms: value.responseTime } : {};
}

function levelOf(status: number, error: Error | undefined): 'error' | 'warn' | 'info' {
  if (status >= 500 || error !== undefined) return 'error';
  return status >= 400 ? 'warn' : 'info';
}
