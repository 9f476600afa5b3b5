import { execFile } from 'node:child_process';

/** What a program answered. */
export interface Answer {
  readonly ok: boolean;
  /** Both of its outputs. */
  readonly text: string;
}

const MOST_OUTPUT_BYTES = 16 * 1024 * 1024;
const WITHIN_MS = 300_000;

/** Runs a program to its end. */
export async function runTool(path: string, args: readonly string[], cwd: string): Promise<Answer> {
  return new Promise((resolve) => {
    const limits = { cwd, maxBuffer: MOST_OUTPUT_BYTES, timeout: WITHIN_MS };
    execFile(path, [...args], limits, (error, stdout, stderr) =>
      resolve({ ok: error === null, text: `${stdout}${stderr}` }),
    );
  });
}
