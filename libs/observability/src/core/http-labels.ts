const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'CONNECT',
  'TRACE',
]);

/** What one served request looked like from outside. */
export interface ServedRequest {
  readonly method: string;
  /** The pattern of the route that answered, e.g. `/events/:id`; absent when none did. */
  readonly routePattern?: string;
  readonly statusCode: number;
  /** The client went away before it had the whole answer. */
  readonly aborted: boolean;
}

/**
 * Labels of a served request, every one of them from a bounded set whatever a client sends:
 * a method nobody knows is `_OTHER` (as OpenTelemetry says), a path no route answers is `_unmatched`,
 * and so is one that met only a catch-all pattern, where middleware is mounted;
 * an answer the client did not wait for is status 499.
 */
export function httpLabels(request: ServedRequest): {
  readonly http_request_method: string;
  readonly http_route: string;
  readonly http_response_status_code: string;
} {
  return {
    http_request_method: METHODS.has(request.method) ? request.method : '_OTHER',
    http_route: routeOf(request.routePattern),
    http_response_status_code: request.aborted ? '499' : String(request.statusCode),
  };
}

function routeOf(pattern: string | undefined): string {
  return pattern === undefined || pattern.includes('*') ? '_unmatched' : pattern;
}
