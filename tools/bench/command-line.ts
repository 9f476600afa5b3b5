import { parseArgs } from 'node:util';
import type { Scenario } from './scenario';

/** What `npm run bench` was asked for. */
export type Command =
  | {
      readonly kind: 'run';
      readonly scenarios: readonly Scenario[];
      readonly write: boolean;
      /** Whether what is not as expected fails. */
      readonly check: boolean;
    }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'problem'; readonly text: string };

/**
 * Reads the arguments; without names all scenarios run, in their own order.
 *
 * @example
 * parseCommand(['cost', '--write'], scenarios); // => { kind: 'run', scenarios: [cost], write: true, check: false }
 */
export function parseCommand(args: readonly string[], all: readonly Scenario[]): Command {
  const parsed = parse(args);
  if (typeof parsed === 'string') return { kind: 'problem', text: parsed };
  if (parsed.help) return { kind: 'help', text: helpText(all) };
  const unknown = parsed.names.find((name) => all.every((scenario) => scenario.name !== name));
  if (unknown !== undefined)
    return {
      kind: 'problem',
      text: `there is no benchmark ${unknown}; there are ${all.map(({ name }) => name).join(', ')}`,
    };
  const scenarios = all.filter(({ name }) => parsed.names.length === 0 || parsed.names.includes(name));
  if (parsed.write && !makeWholePages(scenarios, all))
    return {
      kind: 'problem',
      text: '--write replaces a whole page, so it needs all benchmarks of that page',
    };
  return { kind: 'run', scenarios, write: parsed.write, check: parsed.check };
}

function makeWholePages(chosen: readonly Scenario[], all: readonly Scenario[]): boolean {
  const pages = new Set(chosen.map(({ page }) => page));
  return all.every((scenario) => !pages.has(scenario.page) || chosen.includes(scenario));
}

interface Options {
  readonly names: readonly string[];
  readonly help: boolean;
  readonly write: boolean;
  readonly check: boolean;
}

function parse(args: readonly string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        only: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
      },
    });
    return {
      names: [...positionals, ...values.only],
      help: values.help,
      write: values.write,
      check: values.check,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function helpText(all: readonly Scenario[]): string {
  const list = all.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`).join('\n');
  return `Measures Latido on this machine, on an embedded AWS of its own.

  npm run bench                    everything, under eight minutes
  npm run bench -- NAME ...        only these (or --only NAME)
  npm run bench -- --write         everything, and the results into docs/reference
  npm run bench -- monitor --write only this, and the results into docs/reference/monitor-scale.md
  npm run bench -- start --check   fails when a row is not what it should be beside the others of the same run
  npm run bench -- --help          this text

${list}

Units and calls are exact and held by tests; times depend on the machine and on what else it does: compare ratios.
`;
}
