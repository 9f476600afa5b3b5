/** One DynamoDB value with its type, as it goes over the wire: exactly one member is set. */
export interface TypedValue {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: Uint8Array | undefined;
  readonly BOOL?: boolean | undefined;
  readonly NULL?: boolean | undefined;
  readonly L?: readonly TypedValue[] | undefined;
  readonly M?: TypedItem | undefined;
  readonly SS?: readonly string[] | undefined;
  readonly NS?: readonly string[] | undefined;
  readonly BS?: readonly Uint8Array[] | undefined;
}

/** An item: typed values by attribute name. */
export type TypedItem = Readonly<Record<string, TypedValue>>;

const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;
const encoder = new TextEncoder();

/**
 * Size of an item in bytes by DynamoDB's rules: what is billed, and what is limited to 400 KB.
 *
 * Names and strings count as UTF-8; a number one byte, one for every two digits, and one for a minus
 * sign; null and booleans one; a list or map three, and one for each element.
 *
 * @example
 * itemSizeBytes({ id: { S: 'a' }, total: { N: '1234' } }); // 2 + 1 + 5 + 3 = 11
 * @see AWS, DynamoDB Developer Guide, "DynamoDB item sizes and formats".
 */
export function itemSizeBytes(item: TypedItem): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + utf8Bytes(name) + valueSizeBytes(value),
    0,
  );
}

function valueSizeBytes(value: TypedValue): number {
  if (value.S !== undefined) return utf8Bytes(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return value.B.byteLength;
  if (value.M !== undefined) return mapBytes(value.M);
  if (value.L !== undefined)
    return CONTAINER_BYTES + sum(value.L, (element) => ELEMENT_BYTES + valueSizeBytes(element));
  return setBytes(value) ?? 1;
}

function mapBytes(map: TypedItem): number {
  return CONTAINER_BYTES + ELEMENT_BYTES * Object.keys(map).length + itemSizeBytes(map);
}

function setBytes({ SS, NS, BS }: TypedValue): number | undefined {
  if (SS !== undefined) return sum(SS, utf8Bytes);
  if (NS !== undefined) return sum(NS, numberBytes);
  return BS && sum(BS, (bytes) => bytes.byteLength);
}

/** Digits are stored in pairs that start at even powers of ten, so `123` and `1230` need two pairs and `1` one. */
function numberBytes(text: string): number {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = whole + fraction;
  const leading = /^0*/.exec(digits)?.[0].length ?? 0;
  const significant = digits.slice(leading).replace(/0+$/, '');
  if (significant === '') return 1;
  const highestPower = whole.length - leading - 1 + Number(exponent);
  const startsInsidePair = highestPower % 2 === 0 ? 1 : 0;
  return 1 + Math.ceil((significant.length + startsInsidePair) / 2) + (sign === '-' ? 1 : 0);
}

function utf8Bytes(text: string): number {
  return encoder.encode(text).byteLength;
}

function sum<T>(elements: readonly T[], sizeOf: (element: T) => number): number {
  return elements.reduce((total, element) => total + sizeOf(element), 0);
}
