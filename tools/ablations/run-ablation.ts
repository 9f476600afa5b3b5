import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ablation } from './ablation';

/**
 * What a run showed.
 *
 *     caught    the spec failed, by what it expects
 *     missed    the spec passed without the rule
 *     broken    it could not be told: the edit does not apply or does not compile, or the spec is not there
 */
export interface AblationResult {
  readonly verdict: 'caught' | 'missed' | 'broken';
  /** The first test that failed, or why the run says nothing. */
  readonly detail: string;
}

/** The part of jest's JSON report that is read here. */
interface JestReport {
  readonly numFailedTests: number;
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Longest a run may take. A test that waits for ever without its rule is failed by jest long before. */
const MAX_RUN_MS = 60_000;

/** Runs the spec of an ablation with its edits applied in memory. */
export async function runAblation(ablation: Ablation): Promise<AblationResult> {
  const folder = await mkdtemp(join(tmpdir(), 'latido-ablation-'));
  try {
    const reportFile = join(folder, 'report.json');
    const ended = await runJest(ablation, reportFile);
    if (ended === 'timeout')
      return { verdict: 'caught', detail: `still running after ${MAX_RUN_MS / 1000} s` };
    const report = await readFile(reportFile, 'utf8').catch(() => undefined);
    return report === undefined
      ? { verdict: 'broken', detail: 'jest wrote no report' }
      : judgeReport(JSON.parse(report) as JestReport);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function judgeReport(report: JestReport): AblationResult {
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.find(({ status }) => status === 'failed');
  if (failed) return { verdict: 'caught', detail: oneLine(failed.fullName) };
  if (report.numPassedTests > 0)
    return { verdict: 'missed', detail: `${report.numPassedTests} tests passed without the rule` };
  const why = report.testResults.map(({ message }) => message).join(' ') || 'no test ran';
  return { verdict: 'broken', detail: oneLine(why) };
}

/** A pattern that matches this text and nothing else. */
function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 200);
}

function runJest({ edits, name, test }: Ablation, reportFile: string): Promise<'ended' | 'timeout'> {
  const jest = join('node_modules', 'jest', 'bin', 'jest.js');
  const only = ['--selectProjects', test.project, '--runTestsByPath', test.path];
  if (test.only !== undefined) only.push('--testNamePattern', literal(test.only));
  const report = ['--runInBand', '--silent'];
  const child = spawn(process.execPath, [jest, ...only, ...report, '--json', '--outputFile', reportFile], {
    env: { ...process.env, LATIDO_ABLATION: JSON.stringify({ name, edits }) },
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve('timeout');
    }, MAX_RUN_MS);
    child.once('error', reject);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve('ended');
    });
  });
}
