/** What a list is asked for. */
export interface PageRequest {
  /** 1 to 500. */
  readonly limit: number;
  /** From the page before. */
  readonly cursor?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Present when there is more. Opaque. */
  readonly cursor?: string;
}

/**
 * Cuts one page out of a list that is ordered by its keys. The cursor is the last key shown, so a list
 * that changes between two pages shows nothing twice and skips only what is new.
 *
 * @param keys - ascending.
 * @returns `undefined` for a cursor that no page gave out.
 */
export function pageOf(keys: readonly string[], request: PageRequest): Page<string> | undefined {
  const after = request.cursor === undefined ? '' : decode(request.cursor);
  if (after === undefined) return undefined;
  const rest = request.cursor === undefined ? keys : keys.filter((key) => key > after);
  const items = rest.slice(0, request.limit);
  const last = items.at(-1);
  return last === undefined || rest.length === items.length ? { items } : { items, cursor: encode(last) };
}

function encode(key: string): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decode(cursor: string): string | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}
