import type { JsonValue } from './version';

type JsonObject = Readonly<Record<string, JsonValue>>;

/**
 * Applies a JSON Merge Patch (RFC 7396): `null` removes a member, an object goes deeper, anything
 * else (arrays too) replaces what was there.
 *
 * Neither input is changed, and every name is only data: a member called `constructor`, `__proto__`
 * or `hasOwnProperty` is merged like any other.
 *
 * @example
 * mergePatch({ a: 1, b: { c: 2 } }, { a: null, b: { d: 3 } }); // => { b: { c: 2, d: 3 } }
 * @see RFC 7396, section 2.
 */
export function mergePatch(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  // fromEntries defines members instead of assigning them, so `__proto__` stays a member.
  return Object.fromEntries(merged);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
