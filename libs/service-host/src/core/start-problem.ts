/** One reason why a process cannot start, and how to mend it. */
export interface StartProblem {
  readonly problem: string;
  readonly fix: string;
}

/** What every program of the product exits with when it refuses to start (EX_CONFIG of sysexits). */
export const EXIT_REFUSED = 78;

/**
 * Thrown while a service starts, when something it needs is missing or wrong: a table, a queue,
 * credentials, a setting that does not fit another. The process prints every problem and exits 78.
 */
export class StartRefusedError extends Error {
  override readonly name = 'StartRefusedError';
  readonly code = 'start_refused';

  constructor(
    readonly problems: readonly StartProblem[],
    options?: ErrorOptions,
  ) {
    super(problems.map(({ problem }) => problem).join('; '), options);
  }
}

/** What a person reads when a service refuses to start. */
export function describeRefusal(service: string, problems: readonly StartProblem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const lines = problems.flatMap(({ problem, fix }, index) => [
    `  ${index + 1}. ${problem}`,
    `     fix: ${fix}`,
  ]);
  return [`${service} cannot start: ${count}`, ...lines, ''].join('\n');
}
