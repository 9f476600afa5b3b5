import { isMessagingError } from '../errors';
import type { PublishResult } from './publisher';

/** The result of each message of a call that failed as a whole. */
export function publishFailure(error: unknown): Extract<PublishResult, { readonly outcome: 'failed' }> {
  const detail = error instanceof Error ? error.message : String(error);
  const known = isMessagingError(error);
  return {
    outcome: 'failed',
    code: known ? error.code : 'failed',
    retryable: known && error.transient,
    detail,
  };
}
