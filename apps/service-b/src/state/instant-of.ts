import { ProblemError } from '@latido/service-host';
import type { VersionedValue } from '@latido/versioned-value';

/** Query of `/at`, each field valid by itself. */
export interface InstantQuery {
  readonly lamport?: number;
  /** RFC 3339. */
  readonly time?: string;
}

/**
 * The one instant that a query names.
 * @throws ProblemError 422 for none, for two, and for a time that no clock shows.
 */
export function instantOf({ lamport, time }: InstantQuery): Parameters<VersionedValue['asOf']>[1] {
  if (lamport !== undefined && time === undefined) return { lamport };
  if (time === undefined || lamport !== undefined)
    throw new ProblemError('invalid_request', {
      detail: 'give either ?lamport= or ?time=, and only one of them',
    });
  const timeMs = Date.parse(time);
  if (!Number.isNaN(timeMs)) return { timeMs };
  const detail = 'is not a time that a clock shows';
  throw new ProblemError('invalid_request', {
    detail: `?time ${detail}`,
    errors: [{ pointer: '?time', detail }],
  });
}
