import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpLabels } from '../core/http-labels';
import { createMetrics } from './create-metrics';
import type { MetricRegistry } from './metric-registry';

/** A request after express has routed it. */
type RoutedRequest = IncomingMessage & { readonly route?: { readonly path?: unknown } };

/**
 * Express middleware that observes http_server_request_duration_seconds for every request, also for
 * those that no route answers and those whose client went away.
 *
 * Put it first: what runs before it is not measured.
 */
export function httpRequestMetrics(
  registry: MetricRegistry,
): (request: RoutedRequest, response: ServerResponse, next: () => void) => void {
  const { http_server_request_duration_seconds: duration } = createMetrics(registry, [
    'http_server_request_duration_seconds',
  ]);
  return (request, response, next) => {
    const startedAtMs = performance.now();
    response.once('close', () => {
      const pattern = request.route?.path;
      const labels = httpLabels({
        method: request.method ?? '',
        ...(typeof pattern === 'string' && { routePattern: pattern }),
        statusCode: response.statusCode,
        aborted: !response.writableFinished,
      });
      duration.observe(labels, (performance.now() - startedAtMs) / 1_000);
    });
    next();
  };
}
