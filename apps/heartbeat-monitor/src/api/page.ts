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
 * Cuts one page out of a list, in the order of its keys. The cursor is the last key shown, so a list that changes
 * between two pages shows nothing twice and skips only what is new.
 *
 * The list is read once and never sorted as a whole: of 100,000 instances, a page costs little more than looking at each.
 *
 * @param items - in any order, with `keyOf` different for each.
 * @returns `undefined` for a cursor that no page gave out.
 */
export function pageOf<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string,
  request: PageRequest,
): Page<T> | undefined {
  const after = request.cursor === undefined ? undefined : decode(request.cursor);
  if (after === undefined && request.cursor !== undefined) return undefined;
  const first = firstOf(keyed(items, keyOf, after), request.limit + 1);
  const shown = first.slice(0, request.limit);
  const last = shown.at(-1);
  const page = { items: shown.map(({ item }) => item) };
  return last === undefined || first.length === shown.length ? page : { ...page, cursor: encode(last.key) };
}

interface Keyed<T> {
  readonly key: string;
  readonly item: T;
}

function* keyed<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string,
  after: string | undefined,
): Generator<Keyed<T>> {
  for (const item of items) {
    const key = keyOf(item);
    if (after === undefined || key > after) yield { key, item };
  }
}

/** The `count` lowest, in order; what cannot be among them is let go on the way. */
function firstOf<T>(all: Iterable<Keyed<T>>, count: number): readonly Keyed<T>[] {
  let found: Keyed<T>[] = [];
  let bound: string | undefined;
  for (const each of all) {
    if (bound !== undefined && each.key > bound) continue;
    found.push(each);
    if (found.length < 2 * count) continue;
    found = found.sort(byKey).slice(0, count);
    bound = found.at(-1)?.key;
  }
  return found.sort(byKey).slice(0, count);
}

function byKey(one: Keyed<unknown>, other: Keyed<unknown>): number {
  return one.key < other.key ? -1 : 1;
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
