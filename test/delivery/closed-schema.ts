import Ajv, { type AnySchema } from 'ajv';

/** An object with these keys and no other; those that end in `?` may be missing. */
export function closed(properties: Readonly<Record<string, AnySchema>>): AnySchema {
  const bare = Object.entries(properties).map(([key, schema]) => [key.replace(/\?$/, ''), schema]);
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties).filter((key) => !key.endsWith('?')),
    properties: Object.fromEntries(bare) as object,
  };
}

export const text: AnySchema = { type: 'string', minLength: 1 };
export const flag: AnySchema = { type: 'boolean' };
export const count: AnySchema = { type: 'integer', minimum: 0 };
export const texts: AnySchema = { type: 'object', additionalProperties: { type: 'string' } };

export function listOf(items: AnySchema): AnySchema {
  return { type: 'array', minItems: 1, items };
}

/** What is wrong with a document, one line each; empty when nothing is. */
export function problemsOf(schema: AnySchema, document: unknown): readonly string[] {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(schema);
  void validate(document);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
