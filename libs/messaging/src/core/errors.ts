/** Codes of everything that can go wrong between a broker (SNS, SQS) and us; callers act on the code, never on text. */
export type MessagingErrorCode =
  | 'queue_missing'
  | 'topic_missing'
  | 'credentials_invalid'
  | 'access_denied'
  | 'throttled'
  | 'unavailable'
  | 'message_too_large'
  | 'message_rejected'
  | 'failed';

/** Codes after which the same call may succeed later; the others need somebody to change something. */
const TRANSIENT: ReadonlySet<MessagingErrorCode> = new Set(['throttled', 'unavailable']);

/**
 * A call to a queue or topic that did not give an answer we can use.
 *
 * What was sent may or may not have arrived: send it again with the same id, receivers are idempotent.
 */
export class MessagingError extends Error {
  override readonly name = 'MessagingError';

  constructor(
    readonly code: MessagingErrorCode,
    /** Name of the queue or topic. */
    readonly resource: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** True when the same call may succeed later without anybody acting. */
  get transient(): boolean {
    return isTransient(this.code);
  }
}

/** True for the codes after which the same call may succeed later without anybody acting. */
export function isTransient(code: MessagingErrorCode): boolean {
  return TRANSIENT.has(code);
}

/** Recognises a {@link MessagingError} by its shape, also across copies of this module. */
export function isMessagingError(error: unknown): error is MessagingError {
  return error instanceof Error && error.name === 'MessagingError' && 'code' in error;
}
