import { percentile } from '../../tools/bench/statistics';
import type { RealTimeResult } from './real-time';

/** What the design allows at a heartbeat of 10 s, three missed beats, and 15 s between scrapes and evaluations. */
const BUDGET_SECONDS = { p50: 60, p99: 75 };

/** The first is as wide as what stands under it. */
const TITLES = ['   ', 'the alert fires', 'the pager is called', 'budget'] as const;

/** docs/reference/alert-latency.md. */
export function latencyPage(
  { latencies, load }: RealTimeResult,
  { date, machine }: { readonly date: string; readonly machine: string },
): string {
  const fires = latencies.map(({ firesMs }) => firesMs / 1_000);
  const pages = latencies.map(({ pagesMs }) => pagesMs / 1_000);
  const row = (name: 'p50' | 'p99', percent: number): string =>
    tableRow([
      name,
      figure(percentile(fires, percent)),
      figure(percentile(pages, percent)),
      `${BUDGET_SECONDS[name]} s`,
    ]);
  return `# From kill -9 to the page

Written by \`npm run test:alerts -- --real-time\`; run it again to change it. Nothing is shortened: a heartbeat every
10 s, three missed ones mean down, Prometheus scrapes and evaluates every 15 s, Alertmanager waits 10 s for a group.
${latencies.length} processes, each a service of its own, were killed one after the other at times that chance chose.

${tableRow(TITLES)}
${tableRow(TITLES.map(({ length }) => '-'.repeat(length)))}
${row('p50', 50)}
${row('p99', 99)}

Every kill in order, in seconds until the pager was called: ${pages.map((seconds) => seconds.toFixed(1)).join(', ')}.

Measured on ${date}, ${machine}, with ${load.toFixed(1)} runnable processes on average: what else a machine does adds to it.
`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell, column) => cell.padEnd(TITLES[column]?.length ?? 0)).join(' | ')} |`;
}

function figure(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}
