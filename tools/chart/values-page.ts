import { markdownTable } from '@latido/service-host';
import type { JsonSchema } from './schema/json-schema';
import type { DocumentedValue } from './value-comments';

/** The page of all values, in Markdown, as charts/latido/README.md ends with it. */
export function valuesTable(schema: JsonSchema, values: readonly DocumentedValue[]): string {
  const rows = values.map(({ path, comment, defaultValue }) => [
    `\`${path}\``,
    acceptedBy(schemaAt(schema, path)),
    `\`${JSON.stringify(defaultValue)}\``,
    comment,
  ]);
  return markdownTable([['value', 'accepts', 'default', 'meaning'], ...rows]).join('\n');
}

/** The schema of the value at this path; `undefined` when the schema does not know it. */
function schemaAt(schema: JsonSchema, path: string): JsonSchema | undefined {
  return path.split('.').reduce<JsonSchema | undefined>((inner, key) => inner?.properties?.[key], schema);
}

function acceptedBy(schema: JsonSchema | undefined): string {
  if (schema === undefined) return '';
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (schema.minimum !== undefined)
    return `${typeOf(schema)} ${schema.minimum} to ${schema.maximum ?? '...'}`;
  return typeOf(schema);
}

function typeOf({ type }: JsonSchema): string {
  return typeof type === 'string' ? type : (type ?? []).join(' or ');
}
