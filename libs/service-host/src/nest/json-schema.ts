import { Ajv, type Options, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { SchemaFinding } from '../core/validation-problem';

/** A JSON Schema (draft 7) as a plain object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

type Validator = (value: unknown) => readonly SchemaFinding[];

const strict = ajv({});
// A query has texts only, and leaves out what it does not ask for.
const coercing = ajv({ coerceTypes: true, useDefaults: true });
const compiled = {
  strict: new WeakMap<JsonSchema, Validator>(),
  coercing: new WeakMap<JsonSchema, Validator>(),
};

/**
 * The validator of a schema, compiled when it is first used and kept as long as the schema.
 * With `coerce`, texts inside the value are replaced by the numbers and booleans the schema wants, and
 * what is missing by its default.
 */
export function validatorOf(schema: JsonSchema, coerce: boolean): Validator {
  const cache = coerce ? compiled.coercing : compiled.strict;
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const validate: ValidateFunction = (coerce ? coercing : strict).compile(schema);
  const validator: Validator = (value) => (validate(value) ? [] : (validate.errors ?? []));
  cache.set(schema, validator);
  return validator;
}

function ajv(options: Options): Ajv {
  const instance = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, ...options });
  addFormats(instance);
  return instance;
}
