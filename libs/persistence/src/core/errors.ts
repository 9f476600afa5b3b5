/** Codes of everything that can go wrong between a table and us; callers act on the code, never on text. */
export type PersistenceErrorCode =
  | 'table_missing'
  | 'credentials_invalid'
  | 'access_denied'
  | 'throttled'
  | 'store_unavailable'
  | 'item_too_large'
  | 'store_failed';

/** Codes after which the same call may succeed later; the others need somebody to change something. */
const TRANSIENT: ReadonlySet<PersistenceErrorCode> = new Set(['throttled', 'store_unavailable']);

/**
 * A call to a table that did not give an answer we can use.
 *
 * The write it belonged to may or may not have happened: repeat it with the same token, or read.
 */
export class PersistenceError extends Error {
  override readonly name = 'PersistenceError';

  constructor(
    readonly code: PersistenceErrorCode,
    readonly table: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** True when the same call may succeed later without anybody acting. */
  get transient(): boolean {
    return TRANSIENT.has(this.code);
  }
}

/** Recognises a {@link PersistenceError} by its shape, also across copies of this module. */
export function isPersistenceError(error: unknown): error is PersistenceError {
  return error instanceof Error && error.name === 'PersistenceError' && 'code' in error;
}
