import { type ErrorCode, errorRegistry } from './error-registry';

/** What is wrong with one field, or one reason among several. */
export interface ProblemItem {
  /** JSON pointer into the body, `?name` for a query parameter; absent where no field is meant. */
  readonly pointer?: string;
  /** Name of a readiness check; absent elsewhere. */
  readonly name?: string;
  readonly detail: string;
}

/** The body of an error answer (RFC 9457). */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly errors?: readonly ProblemItem[];
}

/**
 * An answer that says what went wrong: throw it anywhere in a request.
 *
 * @example
 * throw new ProblemError('subject_unknown', { detail: `there is no subject "${subject}"` });
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly code: ErrorCode,
    readonly content: { readonly detail?: string; readonly errors?: readonly ProblemItem[] } = {},
    options?: ErrorOptions,
  ) {
    super(content.detail ?? errorRegistry[code].title, options);
  }
}

/** The problem details of a code; without a detail, what to do about it. */
export function problemDetails(
  code: ErrorCode,
  content: {
    readonly detail?: string;
    readonly errors?: readonly ProblemItem[];
    readonly status?: number;
  } = {},
): ProblemDetails {
  const { title, status, action } = errorRegistry[code];
  return {
    type: `urn:latido:problem:${code}`,
    title,
    status: content.status ?? status,
    detail: content.detail ?? action,
    code,
    ...(content.errors && { errors: content.errors }),
  };
}
