/** What reading one text gave: the value, or what is wrong with the text. */
type Parsed<T> = { readonly value: T } | { readonly wrong: string };

/** One environment variable: its name, what it means, what it may hold. */
export interface Variable<T> {
  /** Name in the environment, e.g. `PORT`. */
  readonly env: string;
  readonly description: string;
  /** What it may hold, for people, e.g. `integer 0 to 65535`. */
  readonly accepts: string;
  /** Whether the service refuses to start without it. */
  readonly required: boolean;
  /** The value when it is not set; absent where it is required or may stay away. */
  readonly default?: T;
  /** Its value is never shown. */
  readonly secret: boolean;
  parse(text: string): Parsed<T>;
}

/**
 * What every kind of variable is declared with. `default: undefined` makes it optional; without the
 * word `default` it is required.
 */
interface VariableOptions<T> {
  readonly env: string;
  readonly description: string;
  readonly default?: T;
  readonly secret?: true;
}

interface Reading<T> {
  readonly accepts: string;
  readonly parse: (text: string) => Parsed<T>;
}

function declare<T, D>(options: VariableOptions<D>, reading: Reading<T>): Variable<T | D> {
  return {
    env: options.env,
    description: options.description,
    required: !('default' in options),
    secret: options.secret === true,
    ...reading,
    ...(options.default !== undefined && { default: options.default }),
  };
}

function text<D extends string | undefined = never>(
  options: VariableOptions<D> & { readonly minLength?: number },
): Variable<NoInfer<string | D>> {
  const { minLength = 1 } = options;
  return declare<string, D>(options, {
    accepts: minLength > 1 ? `text of at least ${minLength} characters` : 'text',
    parse: (value) =>
      value.length >= minLength ? { value } : { wrong: `is shorter than ${minLength} characters` },
  });
}

function integer<D extends number | undefined = never>(
  options: VariableOptions<D> & { readonly min: number; readonly max: number },
): Variable<NoInfer<number | D>> {
  const { min, max } = options;
  return declare<number, D>(options, {
    accepts: `integer ${min} to ${max}`,
    parse: (given) => {
      const value = /^-?\d{1,15}$/.test(given.trim()) ? Number(given) : Number.NaN;
      return value >= min && value <= max ? { value } : { wrong: `is not an integer from ${min} to ${max}` };
    },
  });
}

function number<D extends number | undefined = never>(
  options: VariableOptions<D> & { readonly min: number; readonly max: number },
): Variable<NoInfer<number | D>> {
  const { min, max } = options;
  return declare<number, D>(options, {
    accepts: `number ${min} to ${max}`,
    parse: (given) => {
      const value = /^-?\d{1,15}(\.\d{1,15})?$/.test(given.trim()) ? Number(given) : Number.NaN;
      return value >= min && value <= max ? { value } : { wrong: `is not a number from ${min} to ${max}` };
    },
  });
}

function flag<D extends boolean | undefined = never>(
  options: VariableOptions<D>,
): Variable<NoInfer<boolean | D>> {
  return declare<boolean, D>(options, {
    accepts: '`true` or `false`',
    parse: (given) =>
      given === 'true' || given === 'false'
        ? { value: given === 'true' }
        : { wrong: 'is neither true nor false' },
  });
}

function choice<const C extends string, D extends C | undefined = never>(
  options: VariableOptions<D> & { readonly of: readonly C[] },
): Variable<NoInfer<C | D>> {
  return declare<C, D>(options, {
    accepts: options.of.map((value) => `\`${value}\``).join(', '),
    parse: (given) => {
      const value = options.of.find((candidate) => candidate === given);
      return value === undefined ? { wrong: `is none of ${options.of.join(', ')}` } : { value };
    },
  });
}

function list<const C extends string, D extends readonly C[] | undefined = never>(
  options: VariableOptions<D> & { readonly of: readonly C[] },
): Variable<NoInfer<readonly C[] | D>> {
  return declare<readonly C[], D>(options, {
    accepts: `one or more of ${options.of.map((value) => `\`${value}\``).join(', ')}, with commas between`,
    parse: (given) => {
      const names = given.split(',').map((name) => name.trim());
      const unknown = names.find((name) => !options.of.includes(name as C));
      return unknown === undefined
        ? { value: names as C[] }
        : { wrong: `has "${unknown}", which is none of ${options.of.join(', ')}` };
    },
  });
}

/** A name that a service, a topic or an instance may have. */
const NAME = /^[A-Za-z0-9][\w.-]{0,127}$/;

function counts<D extends Readonly<Record<string, number>> | undefined = never>(
  options: VariableOptions<D> & { readonly min: number; readonly max: number; readonly maxNames: number },
): Variable<NoInfer<Readonly<Record<string, number>> | D>> {
  const { min, max, maxNames } = options;
  const whole = integer({ ...options, default: undefined });
  return declare<Readonly<Record<string, number>>, D>(options, {
    accepts: `name=number with commas between, each number an integer ${min} to ${max}`,
    parse: (given) => {
      const pairs = given.split(',').map((pair) => pair.trim().split('='));
      const names = pairs.map(([name = '']) => name);
      const wrong = pairs.find(
        ([name = '', count = '', ...more]) =>
          more.length > 0 || !NAME.test(name) || 'wrong' in whole.parse(count),
      );
      if (wrong)
        return {
          wrong: `has "${wrong.join('=')}", which is not a name, =, and an integer from ${min} to ${max}`,
        };
      if (names.length > maxNames) return { wrong: `has more than ${maxNames} names` };
      const twice = names.find((name, index) => names.indexOf(name) < index);
      if (twice !== undefined) return { wrong: `has "${twice}" twice` };
      return { value: Object.fromEntries(pairs.map(([name = '', count]) => [name, Number(count)])) };
    },
  });
}

function url<D extends string | undefined = never>(
  options: VariableOptions<D>,
): Variable<NoInfer<string | D>> {
  return declare<string, D>(options, {
    accepts: 'an http or https URL',
    parse: (value) =>
      /^https?:\/\/[^\s/]+/.test(value) ? { value } : { wrong: 'is not an http or https URL' },
  });
}

/**
 * The kinds of variables.
 *
 * @example
 * variable.integer({ env: 'BATCH_SIZE', default: 10, min: 1, max: 10, description: 'Messages a receive asks for' });
 */
export const variable = { text, integer, number, flag, choice, list, counts, url } as const;
