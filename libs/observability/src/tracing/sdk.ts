import type { Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { AwsInstrumentation } from '@opentelemetry/instrumentation-aws-sdk';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { NestInstrumentation } from '@opentelemetry/instrumentation-nestjs-core';
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { TracedProcess, Tracing } from './tracing';

/** Requests that say nothing about the work of a service. */
const UNTRACED_PATH = /^\/(health|metrics|docs)(\/|\?|$)/;

/**
 * The SDK with the four instrumentations that see our edges and no others: the catch-all package
 * costs 800 ms at start and hangs the exit.
 */
export function sdkTracing({ service, version, instanceId }: TracedProcess): Tracing {
  process.env['OTEL_SERVICE_NAME'] ??= service;
  process.env['OTEL_RESOURCE_ATTRIBUTES'] = resourceAttributes({ version, instanceId });
  process.env['OTEL_NODE_RESOURCE_DETECTORS'] ??= 'env';
  const sdk = new NodeSDK({
    traceExporter: new OTLPTraceExporter(),
    // Metrics are prom-client's, logs go to stdout: neither leaves by OTLP.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: (request) => UNTRACED_PATH.test(request.url ?? ''),
        // An outgoing call without a parent is an empty poll or a start-up check.
        requireParentforOutgoingSpans: true,
        applyCustomAttributesOnSpan: nameByRoute,
      }),
      new AwsInstrumentation({ suppressInternalInstrumentation: true }),
      new NestInstrumentation(),
      new PinoInstrumentation({ disableLogSending: true }),
    ],
  });
  sdk.start();
  return { enabled: true, flush: (timeoutMs) => bounded(sdk.shutdown(), timeoutMs) };
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

function resourceAttributes(own: { readonly version: string; readonly instanceId: string }): string {
  const given = process.env['OTEL_RESOURCE_ATTRIBUTES'];
  const ours = `service.version=${encodeURIComponent(own.version)},service.instance.id=${encodeURIComponent(own.instanceId)}`;
  return given === undefined || given === '' ? ours : `${ours},${given}`;
}

async function bounded(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  // What the collector did not take is lost: spans are worth less than an exit in time.
  await Promise.race([work.catch(() => undefined), tooLate]);
  clearTimeout(timer);
}
