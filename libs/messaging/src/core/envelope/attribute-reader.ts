import type { JsonObject } from '../json-value';

/** Reads attributes of one message and remembers what was wrong with them, so that all of it can be said at once. */
export class AttributeReader {
  readonly problems: string[] = [];

  constructor(private readonly body: JsonObject) {}

  /** A text of 1 to `maxCharacters` characters; absent, null and empty are `undefined`; anything else is a problem. */
  text(name: string, maxCharacters: number): string | undefined {
    const value = this.body[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') return this.problem(name, 'must be a string');
    if (value.length > maxCharacters)
      return this.problem(name, `must have at most ${maxCharacters} characters, has ${value.length}`);
    return value;
  }

  /** A whole number from 0 to 2^53 - 1, as a decimal string or a number; absent is 0. */
  count(name: string): number {
    const value = this.body[name];
    if (value === undefined || value === null) return 0;
    const count = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
    if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
    this.problem(name, 'must be a whole number from 0 to 9007199254740991');
    return 0;
  }

  /** A moment by RFC 3339. */
  moment(name: string): string | undefined {
    const value = this.text(name, 64);
    if (value === undefined || (RFC_3339.test(value) && !Number.isNaN(Date.parse(value)))) return value;
    return this.problem(name, 'must be a time by RFC 3339');
  }

  problem(name: string, what: string): undefined {
    this.problems.push(`${name} ${what}`);
    return undefined;
  }
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;
