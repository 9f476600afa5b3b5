import { Body, type PipeTransform, Query } from '@nestjs/common';
import { ProblemError } from '../core/problem';
import { validationItems } from '../core/validation-problem';
import { type JsonSchema, validatorOf } from './json-schema';

/** Where the schema of a route's body is kept for its documentation. */
export const BODY_SCHEMA = 'latido:body-schema';
/** Where the schema of a route's query is kept for its documentation. */
export const QUERY_SCHEMA = 'latido:query-schema';

/**
 * Injects the JSON body of a request that a JSON Schema accepts; anything else is answered 422 with
 * each wrong field. The schema should say `additionalProperties: false`, so that a misspelt field is
 * refused instead of ignored. Its type is the one of the parameter: keep the two together.
 *
 * @example
 * @Post('events')
 * accept(@ValidBody(acceptEventSchema) body: AcceptEvent) {}
 */
export function ValidBody(schema: JsonSchema): ParameterDecorator {
  return documented(BODY_SCHEMA, schema, Body(new SchemaPipe(schema, { coerce: false, prefix: '' })));
}

/** As {@link ValidBody}, for the query: texts become the numbers and booleans that the
 * schema asks for, and its defaults stand in for what is missing. */
export function ValidQuery(schema: JsonSchema): ParameterDecorator {
  return documented(QUERY_SCHEMA, schema, Query(new SchemaPipe(schema, { coerce: true, prefix: '?' })));
}

function documented(key: string, schema: JsonSchema, inner: ParameterDecorator): ParameterDecorator {
  return (target, property, index) => {
    inner(target, property, index);
    if (property !== undefined) Reflect.defineMetadata(key, schema, target, property);
  };
}

class SchemaPipe implements PipeTransform {
  constructor(
    private readonly schema: JsonSchema,
    private readonly options: { readonly coerce: boolean; readonly prefix: '' | '?' },
  ) {}

  transform(input: unknown): unknown {
    const value = this.options.coerce ? { ...(input as object) } : input;
    if (value === undefined)
      throw new ProblemError('media_type_unsupported', {
        detail: 'a JSON body with Content-Type: application/json is needed',
      });
    refuseUnless(this.schema, value, this.options);
    return value;
  }
}

/**
 * Refuses a value that a JSON Schema does not accept, for input that is not a whole body: an entry of a batch.
 *
 * @throws ProblemError `invalid_request` with each wrong field.
 */
export function requireValid(schema: JsonSchema, value: unknown): void {
  refuseUnless(schema, value, { coerce: false, prefix: '' });
}

function refuseUnless(
  schema: JsonSchema,
  value: unknown,
  { coerce, prefix }: { readonly coerce: boolean; readonly prefix: '' | '?' },
): void {
  const findings = validatorOf(schema, coerce)(value);
  if (findings.length === 0) return;
  const errors = validationItems(findings).map(({ pointer = '', detail }) => ({
    pointer: prefix === '?' ? pointer.replace(/^\//, '?') : pointer,
    detail,
  }));
  throw new ProblemError('invalid_request', {
    detail: errors.map(({ pointer, detail }) => `${pointer || 'the body'} ${detail}`).join('; '),
    errors,
  });
}
