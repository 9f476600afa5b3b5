/** How one check ended. */
export interface Check {
  readonly part: string;
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'not run';
  /** Why it was not run. */
  readonly reason?: string;
  readonly durationMs: number;
}

/** What of jest's `--json` is read. */
export interface JestResults {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly ancestorTitles: readonly string[];
      readonly status: string;
      readonly duration?: number | null;
    }[];
  }[];
}

/** The checks of one part; a file that did not even load is a failed check of its own. */
export function checksOf(part: string, { testResults }: JestResults): readonly Check[] {
  return testResults.flatMap(({ message, assertionResults }): readonly Check[] =>
    assertionResults.length === 0
      ? [{ part, title: `could not run: ${message.split('\n')[0]}`, outcome: 'failed', durationMs: 0 }]
      : assertionResults.map(({ title, ancestorTitles, status, duration }) => ({
          part,
          title,
          outcome: status === 'passed' || status === 'failed' ? status : 'not run',
          durationMs: duration ?? 0,
          ...reasonIn(ancestorTitles),
        })),
  );
}

/** A group of checks that cannot be run says so by its title. */
function reasonIn(titles: readonly string[]): Pick<Check, 'reason'> {
  const [reason] = titles.flatMap((title) => /^not run: (.+)/.exec(title)?.slice(1) ?? []);
  return { ...(reason !== undefined && { reason }) };
}

/** One row a check, as Markdown. */
export function table(checks: readonly Check[]): string {
  const rows = checks.map(({ part, title, outcome, reason, durationMs }) => [
    part,
    title,
    reason === undefined ? outcome : `${outcome}: ${reason}`,
    outcome === 'not run' ? '' : `${(durationMs / 1000).toFixed(1)} s`,
  ]);
  const all = [['part', 'check', 'outcome', 'took'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(all[0]!), rule, ...rows.map(line)].join('\n');
}

/** The last line of a run. */
export function closingLine(checks: readonly Check[]): string {
  const count = (outcome: Check['outcome']): number => checks.filter((one) => one.outcome === outcome).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('not run')} not run`;
}

/** The page docs/reference/cluster-run.md. */
export function recordPage(
  checks: readonly Check[],
  cluster: {
    readonly kubernetes: string;
    readonly nodes: number;
    readonly helm: string;
    readonly date: string;
    readonly tookMs: number;
  },
): string {
  return `# The last recorded run of the cluster test

Written by \`npm run test:k8s -- --record\`. Kubernetes ${cluster.kubernetes}, ${cluster.nodes} nodes, Helm ${cluster.helm},
${cluster.date}; ${(cluster.tookMs / 60_000).toFixed(1)} minutes with parts beside each other. Times are of that machine: they say how long to wait, not how
fast Latido is. Beside what is "not run" stands what was missing.

${table(checks)}

${closingLine(checks)}
`;
}
