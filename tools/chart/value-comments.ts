import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';

/** A value as values.yaml documents it. */
export interface DocumentedValue {
  /** e.g. `auth.token.key` */
  readonly path: string;
  /** The comment above it, in one line; empty where there is none. */
  readonly comment: string;
  readonly defaultValue: unknown;
}

/**
 * The values of a values.yaml in its order. A map whose comment stands above it and whose entries have none is one
 * value (its user fills it); otherwise its entries are.
 */
export function documentedValues(valuesYaml: string): readonly DocumentedValue[] {
  const { contents } = parseDocument(valuesYaml);
  return isMap(contents) ? valuesOf(contents, '') : [];
}

function valuesOf(map: YAMLMap, prefix: string): readonly DocumentedValue[] {
  return map.items.flatMap((pair, index) => {
    const comment = commentOf(pair) || (index === 0 ? inOneLine(map.commentBefore) : '');
    const path = prefix + String(pair.key);
    const { value } = pair;
    if (isMap(value) && value.items.length > 0 && isDocumentedInside(value))
      return valuesOf(value, `${path}.`);
    return [{ path, comment, defaultValue: isMap(value) || !isScalar(value) ? toJs(value) : value.value }];
  });
}

/** The parser hangs the comment of the first entry on the map. */
function isDocumentedInside(map: YAMLMap): boolean {
  return Boolean(map.commentBefore) || map.items.some((pair) => commentOf(pair) !== '' || isMapInside(pair));
}

function isMapInside({ value }: Pair): boolean {
  return isMap(value) && value.items.length > 0 && isDocumentedInside(value);
}

function commentOf({ key }: Pair): string {
  return isScalar(key) ? inOneLine(key.commentBefore) : '';
}

function inOneLine(comment: string | null | undefined): string {
  return (comment ?? '')
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim();
}

function toJs(value: unknown): unknown {
  return value !== null &&
    typeof value === 'object' &&
    'toJSON' in value &&
    typeof value.toJSON === 'function'
    ? (value.toJSON() as unknown)
    : value;
}
