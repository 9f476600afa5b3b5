import { type ErrorEntry, errorCodeOf, errorRegistry } from '../core/error-registry';
import { type StartProblem, StartRefusedError } from '../core/start-problem';

/** What an error met while starting says about what the process needs; empty when it says nothing about that. */
export function startProblemsOf(error: unknown): readonly StartProblem[] {
  if (error instanceof StartRefusedError) return error.problems;
  if (!(error instanceof Error)) return [];
  if ('code' in error && error.code === 'EADDRINUSE') return [portTaken(error)];
  if ('code' in error && error.code === 'EADDRNOTAVAIL')
    return [{ problem: error.message, fix: 'set HOST to an address of this machine' }];
  const code = errorCodeOf(error);
  if (code === undefined) return [];
  const entry: ErrorEntry = errorRegistry[code];
  return entry.refusesStart ? [{ problem: error.message, fix: entry.action }] : [];
}

function portTaken(error: Error): StartProblem {
  const port = 'port' in error ? String(error.port) : '';
  return {
    problem: `port ${port} is taken by another process`,
    fix: `stop that process (lsof -i :${port} names it), or set PORT and METRICS_PORT to free ports`,
  };
}
