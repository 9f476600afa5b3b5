/** What a field must be; the path in it says where the first problem is. */
export class InvalidField extends Error {
  constructor(readonly path: string) {
    super(path);
  }
}

type TextBound = { readonly pattern: string; readonly maxLength: number };
type IntegerBound = { readonly minimum: number; readonly maximum: number };

/** Reads typed, bounded fields out of parsed JSON; the first one that is wrong throws {@link InvalidField}. */
export class FieldReader {
  private constructor(
    private readonly record: Readonly<Record<string, unknown>>,
    private readonly path: string,
  ) {}

  static of(value: unknown, path = ''): FieldReader {
    if (!isRecord(value)) throw new InvalidField(path === '' ? '/' : path);
    return new FieldReader(value, path);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.record, name) && this.record[name] !== undefined;
  }

  text(name: string, bound: TextBound): string {
    return requireText(this.own(name), bound, this.at(name));
  }

  integer(name: string, bound: IntegerBound): number {
    const value = this.own(name);
    const fits =
      Number.isSafeInteger(value) && Number(value) >= bound.minimum && Number(value) <= bound.maximum;
    if (!fits) throw new InvalidField(this.at(name));
    return Number(value);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const found = allowed.find((each) => each === this.own(name));
    if (found === undefined) throw new InvalidField(this.at(name));
    return found;
  }

  object(name: string): FieldReader {
    return FieldReader.of(this.own(name), this.at(name));
  }

  list<T>(name: string, maxItems: number, read: (item: unknown, path: string) => T): readonly T[] {
    const value = this.own(name);
    if (!Array.isArray(value) || value.length > maxItems) throw new InvalidField(this.at(name));
    return value.map((item, index) => read(item, `${this.at(name)}/${index}`));
  }

  private own(name: string): unknown {
    return Object.hasOwn(this.record, name) ? this.record[name] : undefined;
  }

  private at(name: string): string {
    return `${this.path}/${name}`;
  }
}

export function requireText(value: unknown, bound: TextBound, path: string): string {
  const fits = typeof value === 'string' && value.length <= bound.maxLength && patternOf(bound).test(value);
  if (!fits) throw new InvalidField(path);
  return value;
}

export function requireRecord(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw new InvalidField(path);
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const compiled = new Map<string, RegExp>();

function patternOf({ pattern }: TextBound): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const made = new RegExp(pattern, 'u');
  compiled.set(pattern, made);
  return made;
}
