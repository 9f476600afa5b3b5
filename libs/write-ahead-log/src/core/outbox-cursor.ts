import { InvalidCursorError } from './errors';

/** Where a page of the status index ended. */
export interface OutboxPlace {
  readonly nextAtMs: number;
  readonly id: string;
}

/** Hides a place in URL-safe text, so that nobody builds cursors by hand. */
export function encodeCursor({ nextAtMs, id }: OutboxPlace): string {
  const text = btoa(encodeURIComponent(JSON.stringify([nextAtMs, id])));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @throws {@link InvalidCursorError} unless {@link encodeCursor} made it. */
export function decodeCursor(cursor: string): OutboxPlace {
  const place = parse(cursor);
  if (!Array.isArray(place)) throw new InvalidCursorError(cursor);
  const [nextAtMs, id] = place as unknown[];
  if (typeof nextAtMs !== 'number' || typeof id !== 'string') throw new InvalidCursorError(cursor);
  return { nextAtMs, id };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))));
  } catch (cause) {
    throw new InvalidCursorError(cursor, { cause });
  }
}
