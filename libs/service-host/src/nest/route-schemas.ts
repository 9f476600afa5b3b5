import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { JsonSchema } from './json-schema';
import { BODY_SCHEMA, QUERY_SCHEMA } from './valid-input';

/** The schemas that a route's method was marked with. */
export interface RouteSchemas {
  readonly body?: JsonSchema;
  readonly query?: JsonSchema;
}

/** The schemas of all routes by operation id, `<Controller>_<method>`. */
export function routeSchemas(app: INestApplication): ReadonlyMap<string, RouteSchemas> {
  const found = new Map<string, RouteSchemas>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as object;
      for (const method of Object.getOwnPropertyNames(prototype)) {
        found.set(`${metatype.name}_${method}`, schemasOf(prototype, method));
      }
    }
  }
  return found;
}

function schemasOf(prototype: object, method: string): RouteSchemas {
  const body = Reflect.getMetadata(BODY_SCHEMA, prototype, method) as JsonSchema | undefined;
  const query = Reflect.getMetadata(QUERY_SCHEMA, prototype, method) as JsonSchema | undefined;
  return { ...(body && { body }), ...(query && { query }) };
}

/** The document with the schemas of its routes in place: what is documented is what is checked. */
export function withSchemas(
  document: OpenAPIObject,
  schemas: ReadonlyMap<string, RouteSchemas>,
): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.put, path.post, path.delete, path.patch]) {
      const { body, query } = schemas.get(operation?.operationId ?? '') ?? {};
      if (operation === undefined) continue;
      if (body) operation.requestBody = { required: true, content: { 'application/json': { schema: body } } };
      if (query) operation.parameters = [...(operation.parameters ?? []), ...queryParameters(query)];
    }
  }
  return document;
}

function queryParameters(
  schema: JsonSchema,
): { name: string; in: 'query'; required: boolean; schema: object }[] {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, object>>;
  const required = (schema['required'] ?? []) as readonly string[];
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}
