import type { JsonSchema } from './schema/json-schema';
import type { DocumentedValue } from './value-comments';

/** The schema with the comments of values.yaml as descriptions, which editors show. */
export function describedSchema(schema: JsonSchema, values: readonly DocumentedValue[]): JsonSchema {
  const comments = new Map(values.map(({ path, comment }) => [path, comment]));
  return describe(schema, '', (path) => comments.get(path) ?? comments.get(inDefaults(path)));
}

/** What `defaults` explains holds for every component. */
function inDefaults(path: string): string {
  return path.replace(/^[^.]+/, 'defaults');
}

function describe(
  schema: JsonSchema,
  path: string,
  commentOf: (path: string) => string | undefined,
): JsonSchema {
  const description = schema.description ?? commentOf(path);
  const properties = Object.entries(schema.properties ?? {}).map(([key, inner]) => [
    key,
    describe(inner, path === '' ? key : `${path}.${key}`, commentOf),
  ]);
  return {
    ...(description && { description }),
    ...schema,
    ...(schema.properties && { properties: Object.fromEntries(properties) as Record<string, JsonSchema> }),
  };
}
