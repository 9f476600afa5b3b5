import canonicalize from 'canonicalize';

/** A value that JSON cannot say (undefined, NaN, a function): a programmer's mistake, not a caller's. */
export class NotJsonError extends Error {
  override readonly name = 'NotJsonError';
  readonly code = 'not_json';

  constructor(options?: ErrorOptions) {
    super('the value is not JSON, so it has no canonical form; pass what JSON.parse can give back', options);
  }
}

/**
 * The one way to write a JSON value down: RFC 8785 (names sorted, no blanks, one form per number).
 * Two values are equal exactly when these texts are.
 *
 * @throws {@link NotJsonError} for a value that JSON cannot say.
 */
export function canonicalJson(value: unknown): string {
  const text = attempt(value);
  if (text === undefined) throw new NotJsonError();
  return text;
}

function attempt(value: unknown): string | undefined {
  try {
    return canonicalize(value);
  } catch (cause) {
    throw new NotJsonError({ cause });
  }
}
