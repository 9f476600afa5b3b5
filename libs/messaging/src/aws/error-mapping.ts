import { MessagingError, type MessagingErrorCode } from '../core/errors';

/** What a call was about. */
export interface Resource {
  readonly kind: 'queue' | 'topic';
  readonly name: string;
}

/** Turns what the AWS SDK (or sqs-consumer around it) throws into a {@link MessagingError} that keeps it as `cause`. */
export function toMessagingError(resource: Resource, error: unknown): MessagingError {
  const code = codeOf(resource, error);
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const message = `${resource.kind} ${resource.name}: ${said}; ${ADVICE[code]}`;
  return new MessagingError(code, resource.name, message, { cause: error });
}

/** The code of a failure that a broker reports for one entry of a batch. */
export function codeOfEntry(vendorCode: string | undefined, senderFault: boolean): MessagingErrorCode {
  const known = CODE_BY_VENDOR_NAME[vendorCode ?? ''];
  return known ?? (senderFault ? 'message_rejected' : 'unavailable');
}

const CODE_BY_VENDOR_NAME: Readonly<Record<string, MessagingErrorCode>> = {
  QueueDoesNotExist: 'queue_missing',
  'AWS.SimpleQueueService.NonExistentQueue': 'queue_missing',
  UnrecognizedClientException: 'credentials_invalid',
  InvalidClientTokenId: 'credentials_invalid',
  InvalidSignatureException: 'credentials_invalid',
  SignatureDoesNotMatch: 'credentials_invalid',
  InvalidSecurity: 'credentials_invalid',
  ExpiredToken: 'credentials_invalid',
  ExpiredTokenException: 'credentials_invalid',
  CredentialsProviderError: 'credentials_invalid',
  AccessDenied: 'access_denied',
  AccessDeniedException: 'access_denied',
  AuthorizationError: 'access_denied',
  AuthorizationErrorException: 'access_denied',
  RequestThrottled: 'throttled',
  OverLimit: 'throttled',
  Throttled: 'throttled',
  ThrottledException: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  InternalError: 'unavailable',
  InternalErrorException: 'unavailable',
  ServiceUnavailable: 'unavailable',
  TimeoutError: 'unavailable',
  BatchRequestTooLong: 'message_too_large',
  BatchRequestTooLongException: 'message_too_large',
  InvalidMessageContents: 'message_rejected',
};

const ADVICE: Readonly<Record<MessagingErrorCode, string>> = {
  queue_missing: 'create it (local: npm start seeds it, AWS: npm run infra:deploy) or set its name',
  topic_missing: 'create it (local: npm start seeds it, AWS: npm run infra:deploy) or set its name',
  credentials_invalid: 'renew the AWS credentials of this process',
  access_denied: 'grant the action to the role of this service',
  throttled: 'wait, and if it lasts, ask for a higher quota or send less',
  unavailable: 'wait, and if it lasts, check the endpoint and the network',
  message_too_large: 'a message may hold 256 KB; make it smaller',
  message_rejected: 'see what the broker says about the message',
  failed: 'see the cause',
};

function codeOf(resource: Resource, error: unknown): MessagingErrorCode {
  if (!(error instanceof Error)) return 'failed';
  const name = vendorName(error);
  if (name === 'NotFound' || name === 'NotFoundException')
    return resource.kind === 'topic' ? 'topic_missing' : 'queue_missing';
  const known = CODE_BY_VENDOR_NAME[name];
  if (known !== undefined) return known;
  if (/too long|shorter than/i.test(error.message)) return 'message_too_large';
  return isNetworkError(error) || isServerFault(error) ? 'unavailable' : 'failed';
}

/** sqs-consumer throws its own SQSError and keeps the SDK's name in `code`, without the SDK's error. */
function vendorName(error: Error): string {
  return error.name === 'SQSError' && 'code' in error ? String(error.code) : error.name;
}

/** The text is looked at too: sqs-consumer keeps only that of a lost connection. */
function isNetworkError(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return NETWORK_CODE.test(code) || NETWORK_TEXT.test(error.message);
}

function isServerFault(error: Error): boolean {
  const { $fault, fault } = error as { readonly $fault?: unknown; readonly fault?: unknown };
  return $fault === 'server' || fault === 'server';
}

const NETWORK_CODE = /^(ECONN|EPIPE|ENOTFOUND|EHOST|ENET|ETIMEDOUT|EAI_AGAIN)/;
const NETWORK_TEXT = /\b(ECONN\w+|EPIPE|ENOTFOUND|EHOST\w+|ENET\w+|ETIMEDOUT|EAI_AGAIN)\b|socket hang up/;
