import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@latido/testing';
import { parseCommand } from './command-line';
import { cost } from './cost';
import { memory } from './memory';
import { peer } from './peer';
import { benchmarksPage } from './report/benchmarks-page';
import { machineKind } from './report/machine';
import { renderText } from './report/render';
import type { ResultTable, Scenario } from './scenario';

const SCENARIOS: readonly Scenario[] = [cost, peer, memory];

/** All scenarios took 85 to 130 s on 2 cores that others used too; what takes twice as long hangs or is starved. */
const ENDS_WITHIN_MS = 240_000;
const PAGE = 'docs/reference/benchmarks.md';

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2), SCENARIOS);
  if (command.kind === 'help') return print(command.text);
  if (command.kind === 'problem') {
    process.exitCode = 1;
    return print(`${command.text}\nSee npm run bench -- --help`);
  }
  const tables = await runAll(command.scenarios);
  print(`\n${machineKind()}\n\n${tables.map(renderText).join('\n\n')}`);
  if (command.write) write(tables);
}

async function runAll(scenarios: readonly Scenario[]): Promise<readonly ResultTable[]> {
  const tables: ResultTable[] = [];
  for (const { name, run } of scenarios)
    tables.push(...(await run((progress) => process.stderr.write(`${name}: ${progress}\n`))));
  return tables;
}

function write(tables: readonly ResultTable[]): void {
  const date = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
  writeFileSync(join(repositoryRoot(), PAGE), benchmarksPage({ date, machine: machineKind(), tables }));
  print(`\nwrote ${PAGE}`);
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
