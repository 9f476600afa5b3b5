import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { SchemaFinding } from '../core/validation-problem';

/** A JSON Schema (draft 7) as a plain object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

type Validator = (value: unknown) => readonly SchemaFinding[];

const strict = ajv(false);
const coercing = ajv(true);
const compiled = new WeakMap<JsonSchema, Validator>();

/**
 * The validator of a schema, compiled when it is first used and kept as long as the schema.
 * With `coerce`, texts inside the value are replaced by the numbers and booleans the schema wants.
 */
export function validatorOf(schema: JsonSchema, coerce: boolean): Validator {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const validate: ValidateFunction = (coerce ? coercing : strict).compile(schema);
  const validator: Validator = (value) => (validate(value) ? [] : (validate.errors ?? []));
  compiled.set(schema, validator);
  return validator;
}

function ajv(coerceTypes: boolean): Ajv {
  const instance = new Ajv({ allErrors: true, coerceTypes, strict: true, allowUnionTypes: true });
  addFormats(instance);
  return instance;
}
