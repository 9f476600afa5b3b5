import { errorCodeOf } from './error-registry';
import { problemDetails, type ProblemDetails, ProblemError } from './problem';
import type { ErrorCode } from './error-registry';

/** Codes of what frameworks throw, by the status they give it. */
const CODE_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'route_unknown',
  413: 'body_too_large',
  415: 'media_type_unsupported',
};

/**
 * The answer to anything that was thrown while a request was handled.
 *
 * Our errors are recognised by their code, a framework's by its status. Of everything else the
 * answer says nothing: what an unexpected error says is for the log.
 */
export function problemOfError(error: unknown): ProblemDetails {
  if (error instanceof ProblemError) return problemDetails(error.code, error.content);
  const code = errorCodeOf(error);
  if (code !== undefined) return problemDetails(code);
  const refusal = refusalOf(error);
  if (refusal === undefined) return problemDetails('internal_error');
  const known = CODE_BY_STATUS[refusal.status];
  return known === undefined
    ? problemDetails('request_refused', refusal)
    : problemDetails(known, { detail: refusal.detail });
}

/** What a framework refused with a status below 500; its message is about the request, so it may be told. */
function refusalOf(error: unknown): { readonly status: number; readonly detail: string } | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status, message } = error;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  return { status, detail: message };
}
