import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@latido/testing';
import { parseCommand } from './command-line';
import { cost } from './cost';
import { memory } from './memory';
import { monitor } from './monitor';
import { peer } from './peer';
import { benchmarksPage } from './report/benchmarks-page';
import { machineKind } from './report/machine';
import { renderText } from './report/render';
import type { ResultPage, ResultTable, Scenario } from './scenario';
import { start } from './start';

const SCENARIOS: readonly Scenario[] = [cost, peer, memory, monitor, start];

/** All scenarios took 200 to 400 s on 2 cores that others used too; what takes twice as long hangs or is starved. */
const ENDS_WITHIN_MS = 800_000;
const BENCHMARKS: ResultPage = { path: 'docs/reference/benchmarks.md', render: benchmarksPage };

interface Result {
  readonly page: ResultPage;
  readonly tables: readonly ResultTable[];
}

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2), SCENARIOS);
  if (command.kind === 'help') return print(command.text);
  if (command.kind === 'problem') {
    process.exitCode = 1;
    return print(`${command.text}\nSee npm run bench -- --help`);
  }
  const results = await runAll(command.scenarios);
  const tables = results.flatMap((result) => result.tables);
  print(`\n${machineKind()}\n\n${tables.map(renderText).join('\n\n')}`);
  if (command.write) write(results);
  if (command.check) check(tables);
}

/** Only by ratios between rows of one run: absolute times say more about the machine than about Latido. */
function check(tables: readonly ResultTable[]): void {
  const misses = tables.flatMap((table) => table.misses ?? []);
  print(
    misses.length === 0
      ? '\nas expected'
      : `\nnot as expected:\n${misses.map((miss) => `  - ${miss}`).join('\n')}`,
  );
  if (misses.length > 0) process.exitCode = 1;
}

async function runAll(scenarios: readonly Scenario[]): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const { name, page = BENCHMARKS, run } of scenarios) {
    const tables = await run((progress) => process.stderr.write(`${name}: ${progress}\n`));
    results.push({ page, tables });
  }
  return results;
}

function write(results: readonly Result[]): void {
  const date = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
  for (const page of new Set(results.map((result) => result.page))) {
    const tables = results.filter((result) => result.page === page).flatMap((result) => result.tables);
    writeFileSync(join(repositoryRoot(), page.path), page.render({ date, machine: machineKind(), tables }));
    print(`\nwrote ${page.path}`);
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const timeout = setTimeout(() => {
  print(`not finished within ${ENDS_WITHIN_MS / 1_000} s: the machine is too busy, or something hangs`);
  process.exit(1);
}, ENDS_WITHIN_MS);

main()
  .catch((error: unknown) => {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  })
  .finally(() => clearTimeout(timeout));
