import type { Condition } from '@latido/persistence/dynamodb';

/**
 * A DynamoDB condition that holds where the named attributes still have these values, and nothing
 * more in them.
 *
 * Maps and lists are compared member by member and by their size, because not every store that
 * speaks the protocol compares them whole.
 *
 * @example
 * unchangedCondition({ Token: 't1', Decision: { version: 3 } });
 * // => '#n0 = :v0 AND size(#n1) = :v1 AND #n1.#n2 = :v2' with its names and values
 */
export function unchangedCondition(attributes: Readonly<Record<string, unknown>>): Condition {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const clauses = Object.entries(attributes).flatMap(([name, value]) => clausesOf(nameOf(name), value));
  return { expression: clauses.join(' AND '), names, values };

  function clausesOf(path: string, value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return [`${path} = ${valueOf(value)}`];
    const size = `size(${path}) = ${valueOf(Object.keys(value).length)}`;
    const members = Array.isArray(value)
      ? value.flatMap((item, index) => clausesOf(`${path}[${index}]`, item))
      : Object.entries(value).flatMap(([name, item]) => clausesOf(`${path}.${nameOf(name)}`, item));
    return [size, ...members];
  }

  function nameOf(name: string): string {
    const placeholder = `#n${Object.keys(names).length}`;
    names[placeholder] = name;
    return placeholder;
  }

  function valueOf(value: unknown): string {
    const placeholder = `:v${Object.keys(values).length}`;
    values[placeholder] = value;
    return placeholder;
  }
}
