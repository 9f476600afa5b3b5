/** A cursor that no page of this list gave out: show the caller a 400, it is theirs. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  readonly code = 'invalid_cursor';

  constructor(
    readonly cursor: string,
    options?: ErrorOptions,
  ) {
    super('the cursor was not given out by this list; pass one from a page, or none to begin', options);
  }
}

/** What kind of list a cursor belongs to; one list's cursor is refused by the other. */
type CursorKind = 'versions' | 'subjects';

/** Hides where a page ended in URL-safe text, so that nobody builds cursors by hand. */
export function encodeCursor(kind: CursorKind, lastKey: string | number): string {
  return btoa(encodeURIComponent(JSON.stringify([kind, lastKey])))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** @throws {@link InvalidCursorError} unless the cursor is of a version list. */
export function decodeVersionCursor(cursor: string): number {
  const lastKey = decode('versions', cursor);
  if (typeof lastKey !== 'number' || !Number.isSafeInteger(lastKey)) throw new InvalidCursorError(cursor);
  return lastKey;
}

/** @throws {@link InvalidCursorError} unless the cursor is of a subject list. */
export function decodeSubjectCursor(cursor: string): string {
  const lastKey = decode('subjects', cursor);
  if (typeof lastKey !== 'string') throw new InvalidCursorError(cursor);
  return lastKey;
}

function decode(kind: CursorKind, cursor: string): unknown {
  const parsed = parse(cursor);
  if (!Array.isArray(parsed) || parsed[0] !== kind) throw new InvalidCursorError(cursor);
  return parsed[1];
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))));
  } catch (cause) {
    throw new InvalidCursorError(cursor, { cause });
  }
}
