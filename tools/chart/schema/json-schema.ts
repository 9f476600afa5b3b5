/** As much of JSON Schema 2020-12 as the values need. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly minProperties?: number;
}

/** An object with these keys and no others: a misspelt one is refused. */
export function closed(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    properties,
    ...(required.length > 0 && { required }),
  };
}

/** An object whose keys its user chooses. */
export function mapOf(values: JsonSchema, keys?: JsonSchema): JsonSchema {
  return { type: 'object', additionalProperties: values, ...(keys && { propertyNames: keys }) };
}

export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

export function choice(...values: readonly (string | number | boolean | null)[]): JsonSchema {
  return { enum: values };
}

/** Text that matches; an empty one stands for "not given". */
export function textOrEmpty(pattern: string): JsonSchema {
  return { type: 'string', pattern: `^$|${pattern}` };
}

export function integer(range: { readonly min: number; readonly max: number }): JsonSchema {
  return { type: 'integer', minimum: range.min, maximum: range.max };
}

/** The same, or null for "as the chart thinks best". */
export function integerOrNull(range: { readonly min: number; readonly max: number }): JsonSchema {
  return { ...integer(range), type: ['integer', 'null'] };
}

export const text: JsonSchema = { type: 'string' };
export const name: JsonSchema = { type: 'string', minLength: 1 };
export const flag: JsonSchema = { type: 'boolean' };
export const anyObject: JsonSchema = { type: 'object' };
/** Labels, annotations: text by text. */
export const texts: JsonSchema = mapOf(text);
/** What an operator's resource is made for: where its kind is known, always, or never. */
export const autoOrFlag: JsonSchema = choice('auto', true, false);
