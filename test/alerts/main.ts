/** The alert rig: `npm run test:alerts`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@latido/testing';
import { machineKind } from '../../tools/bench/report/machine';
import { MissingProgramError } from '../../tools/prometheus/find-program';
import { describe } from './judge';
import { choose, faultsOf, lanes } from './lanes';
import { latencyPage } from './latency-page';
import { HELP, parseOptions } from './options';
import { measureLatency } from './real-time';
import { reportTable } from './report';
import { runRig } from './run-rig';

/** The whole rig takes more than ten minutes on two cores; what takes this long hangs or is starved. */
const ENDS_WITHIN_MS = 25 * 60_000;
const LATENCY_PAGE = 'docs/reference/alert-latency.md';
const startedAtMs = performance.now();

async function main(): Promise<boolean> {
  const options = parseOptions(process.argv.slice(2));
  if (options.kind === 'help') return print(HELP);
  if (options.kind === 'problem') return fail(`${options.text}\nSee npm run test:alerts -- --help`);
  if (options.kind === 'real-time') return realTime(options.kills);
  const chosen = choose(lanes, options.only);
  if (chosen.length === 0) return fail(`no fault is called ${options.only.join(' or ')}; see --list`);
  if (options.list) return list(chosen);
  return test(chosen, options.intervalMs);
}

async function test(chosen: typeof lanes, intervalMs: number): Promise<boolean> {
  const outcomes = await runRig(chosen, intervalMs, progress);
  print(`\n${reportTable(outcomes)}\n`);
  const failed = outcomes.filter(({ problems }) => problems.length > 0);
  for (const { fault, problems } of failed)
    print(`${fault.name}:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
  print(`* pages somebody\n${outcomes.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0;
}

/** Nothing is shortened; the figures go into the reference. Fails when a death pages nobody, or twice. */
async function realTime(kills: number): Promise<boolean> {
  const result = await measureLatency(kills, progress);
  const date = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
  const page = latencyPage(result, { date, machine: machineKind() });
  await writeFile(join(repositoryRoot(), LATENCY_PAGE), page);
  print(`\n${page}\nwrote ${LATENCY_PAGE}`);
  return result.pages === kills || fail(`${result.pages} pages for ${kills} kills`);
}

function list(chosen: typeof lanes): boolean {
  for (const { name, alerts } of faultsOf(chosen)) {
    const told = alerts.map((alert) => describe(alert.name, alert.labels ?? {})).join(', ');
    print(`${name}: ${told || 'nobody is told'}`);
  }
  return true;
}

function progress(line: string): void {
  const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(1);
  print(`${seconds.padStart(6)} s  ${line}`);
}

function print(text: string): boolean {
  process.stdout.write(`${text}\n`);
  return true;
}

function fail(text: string): boolean {
  process.stderr.write(`${text}\n`);
  return false;
}

/** Runs to the end, whatever happens on the way. */
async function runAndExit(): Promise<void> {
  setTimeout(() => {
    fail(`not finished within ${ENDS_WITHIN_MS / 60_000} min: the machine is too busy, or something hangs`);
    process.exit(1);
  }, ENDS_WITHIN_MS);
  try {
    process.exit((await main()) ? 0 : 1);
  } catch (error) {
    fail(error instanceof MissingProgramError ? error.message : String((error as Error).stack ?? error));
    process.exit(1);
  }
}

void runAndExit();
