import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a running `npm start` tells other commands of the same checkout. */
export interface RunFile {
  /** Of the launcher. */
  readonly pid: number;
  /** Bearer token of the write endpoints. */
  readonly token: string;
  readonly heartbeatIntervalMs: number;
  readonly services: readonly { readonly name: string; readonly url: string; readonly metricsUrl: string }[];
}

const DEFAULT_INTERVAL_MS = 10_000;
/** It holds a token: for whoever started it, and nobody else. */
const ONLY_FOR_ME = 0o600;

/** Tells them; on stop, {@link removeRunFile}. */
export function writeRunFile(root: string, run: RunFile): void {
  const path = pathIn(root);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  writeFileSync(path, JSON.stringify(run), { mode: ONLY_FOR_ME });
}

/** Takes back what this process told, and nothing that another told since. */
export function removeRunFile(root: string, pid: number): void {
  if (readRunFile(root)?.pid === pid) rmSync(pathIn(root), { force: true });
}

/** What a running `npm start` told; undefined where none runs. */
export function readRunFile(root: string): RunFile | undefined {
  try {
    const run = JSON.parse(readFileSync(pathIn(root), 'utf8')) as RunFile;
    process.kill(run.pid, 0);
    return run;
  } catch {
    return undefined;
  }
}

/** The interval that the services were told, or what they take without. */
export function heartbeatIntervalMs(env: Readonly<Record<string, string | undefined>>): number {
  return Number(env['HEARTBEAT_INTERVAL_MS'] || DEFAULT_INTERVAL_MS);
}

function pathIn(root: string): string {
  return join(root, '.cache/npm-start.json');
}
