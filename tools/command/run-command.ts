/** Told by `sysexits.h`: the command was used wrongly. */
const EXIT_BAD_USAGE = 64;

/** What the arguments of a command came to: what is wrong with them is an outcome, not an exception. */
export type CommandLine<Options> =
  | { readonly outcome: 'run'; readonly options: Options }
  | { readonly outcome: 'help' }
  | { readonly outcome: 'invalid'; readonly problem: string };

/** A command of the repository. */
interface Command<Options> {
  /** What `--help` prints, and what follows a problem. */
  readonly help: string;
  readonly parse: (args: readonly string[]) => CommandLine<Options>;
  /** Does it. @throws Error whose message says what to do. */
  readonly run: (options: Options) => Promise<void>;
}

/**
 * Runs a command with the arguments of this process: `--help` prints the help, a problem with the arguments the help too
 * (exit code 64), and an error its message, without a stack (exit code 1).
 */
export async function runCommand<Options>({ help, parse, run }: Command<Options>): Promise<void> {
  const line = parse(process.argv.slice(2));
  if (line.outcome === 'help') return void process.stdout.write(help);
  if (line.outcome === 'invalid') return fail(`${line.problem}\n\n${help}`, EXIT_BAD_USAGE);
  try {
    await run(line.options);
  } catch (error) {
    fail(`${error instanceof Error ? error.message : String(error)}\n`, 1);
  }
}

function fail(text: string, exitCode: number): void {
  process.stderr.write(text);
  process.exitCode = exitCode;
}
