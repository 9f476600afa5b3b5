import type { Span } from '@opentelemetry/api';
import { AwsInstrumentation } from '@opentelemetry/instrumentation-aws-sdk';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { NestInstrumentation } from '@opentelemetry/instrumentation-nestjs-core';
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino';

/** Requests that say nothing about the work of a service. */
const UNTRACED_PATH = /^\/(health|metrics|docs)(\/|\?|$)/;

/**
 * The four instrumentations that see our edges and no others: the catch-all package costs 800 ms at start
 * and hangs the exit.
 */
export function instrumentations() {
  return [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: (request) => UNTRACED_PATH.test(request.url ?? ''),
      applyCustomAttributesOnSpan: nameByRoute,
    }),
    new AwsInstrumentation({ suppressInternalInstrumentation: true }),
    new NestInstrumentation(),
    new PinoInstrumentation({ disableLogSending: true }),
  ];
}

/** `GET /events/:id` instead of `GET`: the route is known once express has answered. */
function nameByRoute(span: Span, request: object): void {
  const { method, route } = request as {
    readonly method?: string;
    readonly route?: { readonly path?: unknown };
  };
  if (typeof route?.path !== 'string') return;
  span.updateName(`${method ?? ''} ${route.path}`);
  span.setAttribute('http.route', route.path);
}
