/** The alert rig: `npm run test:alerts`. */
import { writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@latido/testing';
import { machineKind } from '../../tools/bench/report/machine';
import { MissingProgramError } from '../../tools/prometheus/find-program';
import { describe } from './judge';
import { choose, faultsOf, lanes } from './lanes';
import { latencyPage } from './latency-page';
import { HELP, type Options, parseOptions } from './options';
import { measureLatency } from './real-time';
import { reportTable } from './report';
import { Rig } from './rig';

/** The longest lane waits for some 150 heartbeats of 3 s; what takes this long hangs or is starved. */
const ENDS_WITHIN_MS = 20 * 60_000;
/** Shells and npm may pass one Ctrl-C on to us twice. */
const SAME_SIGNAL_WITHIN_MS = 1_000;
const LATENCY_PAGE = 'docs/reference/alert-latency.md';
const startedAtMs = performance.now();

async function main(): Promise<boolean> {
  const options = parseOptions(process.argv.slice(2));
  if (options.kind === 'help') return print(HELP);
  if (options.kind === 'problem') return fail(`${options.text}\nSee npm run test:alerts -- --help`);
  if (options.kind === 'real-time') return realTime(options.kills);
  const chosen = choose(lanes, options.only);
  if (chosen.length === 0) return fail(`no fault is called ${options.only.join(' or ')}; see --list`);
  return options.list ? list(chosen) : test(chosen, options);
}

async function test(chosen: typeof lanes, options: Extract<Options, { kind: 'rig' }>): Promise<boolean> {
  const rig = new Rig(chosen, { ...options, tell: progress });
  const end = endedEarly();
  try {
    const reason = await Promise.race([rig.run().then(() => undefined), end.comes]);
    if (reason !== undefined) process.exitCode = reason.exitCode;
    return report(rig) && (reason === undefined || fail(reason.text));
  } finally {
    await rig.close();
    end.forget();
  }
}

interface EarlyEnd {
  readonly text: string;
  readonly exitCode: number;
}

/** Comes with Ctrl-C, SIGTERM, and when time is up. Who asks once more is not made to wait. */
function endedEarly(): { readonly comes: Promise<EarlyEnd>; readonly forget: () => void } {
  const minutes = ENDS_WITHIN_MS / 60_000;
  const text = `not finished within ${minutes} min: the machine is too busy, or something hangs`;
  let late: NodeJS.Timeout | undefined;
  const comes = new Promise<EarlyEnd>((resolve) => {
    late = setTimeout(() => resolve({ text, exitCode: 1 }), ENDS_WITHIN_MS);
    let askedAtMs: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        askedAtMs ??= performance.now();
        if (performance.now() - askedAtMs > SAME_SIGNAL_WITHIN_MS) process.exit(1);
        resolve({ text: `ended by ${signal}`, exitCode: 128 + constants.signals[signal] });
      });
  });
  return { comes, forget: () => clearTimeout(late) };
}

/** Prints what became of every fault. Returns whether all is well. */
function report({ outcomes }: Rig): boolean {
  print(`\n${reportTable(outcomes)}\n`);
  const unfinished = outcomes.filter(({ isFinished }) => !isFinished);
  const failed = outcomes.filter(({ problems, isFinished }) => problems.length > 0 && isFinished);
  for (const { fault, problems } of failed)
    print(`${fault.name}:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
  const passed = outcomes.length - failed.length - unfinished.length;
  const counts = [`${passed} passed`, `${failed.length} failed`];
  if (unfinished.length > 0) counts.push(`${unfinished.length} not finished`);
  print(`* pages somebody\n${counts.join(', ')}, after ${seconds()} s`);
  return passed === outcomes.length;
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
  print(`${seconds().padStart(6)} s  ${line}`);
}

function seconds(): string {
  return ((performance.now() - startedAtMs) / 1_000).toFixed(1);
}

function print(text: string): boolean {
  process.stdout.write(`${text}\n`);
  return true;
}

function fail(text: string): boolean {
  process.stderr.write(`${text}\n`);
  return false;
}

async function runAndExit(): Promise<void> {
  try {
    const isWell = await main();
    process.exit(isWell ? 0 : (process.exitCode ?? 1));
  } catch (error) {
    fail(error instanceof MissingProgramError ? error.message : String((error as Error).stack ?? error));
    process.exit(1);
  }
}

void runAndExit();
