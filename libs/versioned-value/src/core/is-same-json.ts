import type { JsonValue } from './version';

/** Whether two JSON values say the same; the order of members does not count. Stops at the first difference. */
export function isSameJson(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => isSameMember(a, b, name));
}

function isSameMember(a: object, b: object, name: string): boolean {
  if (!Object.hasOwn(b, name)) return false;
  return isSameJson(
    (a as Readonly<Record<string, JsonValue>>)[name] as JsonValue,
    (b as Readonly<Record<string, JsonValue>>)[name] as JsonValue,
  );
}
