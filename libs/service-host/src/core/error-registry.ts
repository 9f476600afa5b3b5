/** What a code means, for people and for programs. */
export interface ErrorEntry {
  /** HTTP status of an answer with this code. */
  readonly status: number;
  readonly title: string;
  /** What the reader should do now. */
  readonly action: string;
  /** A service that meets it while it starts does not start, and exits 78. */
  readonly refusesStart?: true;
}

/**
 * Every error code of the product, in one place: answers are made from it, and the reference page
 * is written from it. A code is never renamed, and never used for something else.
 */
export const errorRegistry = {
  malformed_request: {
    status: 400,
    title: 'The request cannot be read',
    action: 'send well-formed JSON and a well-formed URL',
  },
  unauthenticated: {
    status: 401,
    title: 'A valid bearer token is needed',
    action: 'send `Authorization: Bearer <token>`; in local mode the token is printed at start',
  },
  forbidden: {
    status: 403,
    title: 'The token does not allow this',
    action: 'use a token with the role that the answer names',
  },
  route_unknown: {
    status: 404,
    title: 'There is nothing at this path for this method',
    action: 'see /docs for the paths of the service',
  },
  subject_unknown: {
    status: 404,
    title: 'No such subject',
    action: 'check the subject; it exists once its first event was applied',
  },
  version_unknown: {
    status: 404,
    title: 'No such version',
    action: 'list the versions of the subject',
  },
  event_unknown: {
    status: 404,
    title: 'No such event',
    action: 'check the id; entries are kept for a bounded time',
  },
  service_unknown: {
    status: 404,
    title: 'No such service',
    action: 'list the services; one is known after its first heartbeat',
  },
  dead_letter_unknown: {
    status: 404,
    title: 'No such dead letter',
    action: 'list the dead letters; it may have been redriven already',
  },
  consumer_mode_conflict: {
    status: 409,
    title: 'The consumer is in the other mode',
    action: 'change the mode with PUT /consumer first',
  },
  stream_fused: {
    status: 409,
    title: 'A fused stream cannot be rolled back',
    action: 'publish an event with the older value',
  },
  version_pruned: {
    status: 410,
    title: 'The version was removed by retention',
    action: 'choose a version that still has its value',
  },
  precondition_failed: {
    status: 412,
    title: 'Somebody was faster',
    action: 'read the current version and repeat with its number in If-Match',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    action: 'send at most 256 KB; keep large content elsewhere and send its address',
  },
  media_type_unsupported: {
    status: 415,
    title: 'The body is not JSON',
    action: 'send `Content-Type: application/json`',
  },
  invalid_request: {
    status: 422,
    title: 'Some fields are not valid',
    action: 'correct each field that `errors` names',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    action: 'use a fresh key for a new request; the first result stands',
  },
  precondition_required: {
    status: 428,
    title: 'If-Match is missing',
    action: 'send the number of the version you saw in If-Match',
  },
  request_refused: {
    status: 400,
    title: 'The request was refused',
    action: 'see the detail',
  },
  internal_error: {
    status: 500,
    title: 'Something broke inside the service',
    action: 'repeat with the same Idempotency-Key; the log has the cause',
  },
  not_ready: {
    status: 503,
    title: 'The service is not ready',
    action: 'wait; `errors` names each reason',
  },
  auth_unavailable: {
    status: 503,
    title: 'Tokens cannot be checked now',
    action: 'wait; if it lasts, check that AUTH_JWKS_URL can be reached',
  },
  peer_unavailable: {
    status: 503,
    title: 'Another service does not answer',
    action: 'wait; what does not need it goes on',
  },
  broker_unavailable: {
    status: 503,
    title: 'Messages cannot be sent or received now',
    action: 'wait; if it lasts, check the endpoint and the credentials',
  },
  throttled: {
    status: 503,
    title: 'The table is throttled',
    action: 'repeat later with the same Idempotency-Key; if it lasts, raise the capacity',
  },
  store_unavailable: {
    status: 503,
    title: 'The table cannot be reached',
    action: 'repeat later with the same Idempotency-Key',
  },
  store_failed: {
    status: 500,
    title: 'The table refused a call',
    action: 'see the log for the cause',
  },
  item_too_large: {
    status: 422,
    title: 'The item is larger than a table holds',
    action: 'make the value smaller',
  },
  table_missing: {
    status: 503,
    title: 'A table is missing',
    action: 'create it (local: `npm start` seeds it; AWS: `npm run infra:deploy`) or set its name',
    refusesStart: true,
  },
  queue_missing: {
    status: 503,
    title: 'A queue or topic is missing',
    action: 'create it (local: `npm start` seeds it; AWS: `npm run infra:deploy`) or set its name',
    refusesStart: true,
  },
  credentials_invalid: {
    status: 503,
    title: 'The AWS credentials are missing, wrong or expired',
    action: 'give this process valid AWS credentials; with the embedded AWS any value will do',
    refusesStart: true,
  },
  access_denied: {
    status: 503,
    title: 'AWS does not allow this call',
    action: 'grant the action to the role of this service',
    refusesStart: true,
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

/** A code of the registry. */
export type ErrorCode = keyof typeof errorRegistry;

/** The code an error carries, when it is one of the registry. */
export function errorCodeOf(error: unknown): ErrorCode | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'string' && Object.hasOwn(errorRegistry, code) ? (code as ErrorCode) : undefined;
}
