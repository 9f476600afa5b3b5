import { PersistenceError, type PersistenceErrorCode } from '../core/errors';

const CODE_BY_VENDOR_NAME: Readonly<Record<string, PersistenceErrorCode>> = {
  ResourceNotFoundException: 'table_missing',
  UnrecognizedClientException: 'credentials_invalid',
  InvalidSignatureException: 'credentials_invalid',
  IncompleteSignatureException: 'credentials_invalid',
  MissingAuthenticationTokenException: 'credentials_invalid',
  ExpiredTokenException: 'credentials_invalid',
  ExpiredToken: 'credentials_invalid',
  CredentialsProviderError: 'credentials_invalid',
  AccessDeniedException: 'access_denied',
  ProvisionedThroughputExceededException: 'throttled',
  RequestLimitExceeded: 'throttled',
  ThrottlingException: 'throttled',
  InternalServerError: 'store_unavailable',
  ServiceUnavailable: 'store_unavailable',
  TimeoutError: 'store_unavailable',
};

const ADVICE: Readonly<Record<PersistenceErrorCode, string>> = {
  table_missing: 'create it (local: npm start seeds it, AWS: npm run infra:deploy) or set its name',
  credentials_invalid: 'renew the AWS credentials of this process',
  access_denied: 'grant the action to the role of this service',
  throttled: 'wait, and if it lasts, raise the capacity of the table',
  store_unavailable: 'wait, and if it lasts, check the endpoint and the network',
  item_too_large: 'an item may hold 400 KB; make the value smaller',
  store_failed: 'see the cause',
};

/** Turns what the AWS SDK throws into a {@link PersistenceError} that keeps it as `cause`. */
export function toPersistenceError(table: string, error: unknown): PersistenceError {
  const code = codeOf(error);
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new PersistenceError(code, table, `table ${table}: ${said}; ${ADVICE[code]}`, { cause: error });
}

function codeOf(error: unknown): PersistenceErrorCode {
  if (!(error instanceof Error)) return 'store_failed';
  if (error.name === 'ValidationException' && /item size.* has exceeded/i.test(error.message))
    return 'item_too_large';
  const known = CODE_BY_VENDOR_NAME[error.name];
  if (known !== undefined) return known;
  return isNetworkError(error) || isServerFault(error) ? 'store_unavailable' : 'store_failed';
}

/** The SDK puts an error it does not recognise into the message of another one, so the text counts too. */
function isNetworkError(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return /\b(ECONN\w+|EPIPE|ENOTFOUND|EHOST\w+|ENET\w+|ETIMEDOUT|EAI_AGAIN)\b/.test(
    `${code} ${error.message}`,
  );
}

function isServerFault(error: Error): boolean {
  return '$fault' in error && error.$fault === 'server';
}
