/** The data inside an object as one text: equal data give equal texts, whatever the order in which maps were filled. */
export function snapshot(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => (part instanceof Map ? sorted(part) : part));
}

function sorted(map: ReadonlyMap<unknown, unknown>): readonly (readonly [string, unknown])[] {
  return [...map].map(([key, value]) => [String(key), value] as const).sort(([a], [b]) => (a < b ? -1 : 1));
}
