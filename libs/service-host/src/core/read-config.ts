import type { ServiceDeclaration, SettingsOf, Variables } from './declare-service';
import type { StartProblem } from './start-problem';
import type { Variable } from './variable';

/** The environment of a process, e.g. `process.env`. An empty text counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of a service, or everything that is wrong with them. */
export type ConfigReading<V extends Variables> =
  | { readonly outcome: 'valid'; readonly settings: SettingsOf<V> }
  | { readonly outcome: 'refused'; readonly problems: readonly StartProblem[] };

/**
 * Reads the settings of a service from an environment, once, at start.
 *
 * All variables are read before anything is reported, so that one start shows every problem; whether
 * settings fit one another is asked only when each is valid by itself.
 */
export function readConfig<V extends Variables>(
  declaration: ServiceDeclaration<V>,
  environment: Environment,
): ConfigReading<V> {
  const settings: Record<string, unknown> = {};
  const problems: StartProblem[] = [];
  for (const [name, declared] of Object.entries<Variable<unknown>>({
    ...declaration.host,
    ...declaration.own,
  })) {
    const reading = read(declared, environment[declared.env]);
    if ('problem' in reading) problems.push(reading);
    else settings[name] = reading.value;
  }
  if (problems.length > 0) return { outcome: 'refused', problems };
  // Each value came from the variable of its name, which is what the type says.
  const valid = settings as SettingsOf<V>;
  const misfits = declaration.check(valid);
  return misfits.length > 0
    ? { outcome: 'refused', problems: misfits }
    : { outcome: 'valid', settings: valid };
}

function read(declared: Variable<unknown>, text: string | undefined): { value: unknown } | StartProblem {
  if (text === undefined || text === '') {
    if (!declared.required) return { value: declared.default };
    return {
      problem: `${declared.env} is not set`,
      fix: `set ${declared.env} to ${declared.accepts} (${declared.description})`,
    };
  }
  const parsed = declared.parse(text);
  if ('value' in parsed) return parsed;
  const shown = declared.secret ? '' : ` "${text.slice(0, 80)}"`;
  return {
    problem: `${declared.env}${shown} ${parsed.wrong}`,
    fix: `set ${declared.env} to ${declared.accepts} (${declared.description})`,
  };
}
