import { ProblemError } from '@latido/service-host';
import { isReservedSubject } from '@latido/topology';

/** What the headers of a rollback say. */
export interface RollbackHeaders {
  readonly ifMatch: string | undefined;
  readonly idempotencyKey: string | undefined;
}

/** `"7"` as GET answered it, or a bare 7. A weak tag or `*` would not say which version was seen. */
const ENTITY_TAG = /^(?:"([1-9]\d{0,14})"|([1-9]\d{0,14}))$/;
/** It becomes part of a table key, and of log lines. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Reads the headers of a rollback.
 * @throws ProblemError 428 without If-Match, 422 for one that is no version number, or for an unusable Idempotency-Key.
 */
export function readRollbackHeaders({ ifMatch, idempotencyKey }: RollbackHeaders): {
  readonly ifMatch: number;
  readonly idempotencyKey?: string;
} {
  if (ifMatch === undefined) throw new ProblemError('precondition_required');
  const [, quoted, bare] = ENTITY_TAG.exec(ifMatch.trim()) ?? [];
  const version = Number(quoted ?? bare);
  if (Number.isNaN(version)) throw invalid('If-Match', 'must be the version that was seen, e.g. "7"');
  if (idempotencyKey !== undefined && !IDEMPOTENCY_KEY.test(idempotencyKey))
    throw invalid('Idempotency-Key', 'must have 1 to 255 printable ASCII characters without spaces');
  return { ifMatch: version, ...(idempotencyKey !== undefined && { idempotencyKey }) };
}

/**
 * Refuses the subjects of the platform, whose histories only the monitor writes.
 * @throws ProblemError 422
 */
export function requireFree(subject: string): void {
  if (isReservedSubject(subject))
    throw invalid('subject', 'begins with service# or board#, which are reserved for the platform');
}

function invalid(header: string, problem: string): ProblemError {
  return new ProblemError('invalid_request', {
    detail: `${header} ${problem}`,
    errors: [{ pointer: header, detail: problem }],
  });
}
