import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram, type WantedProgram } from '../prometheus/find-program';

const PROMTOOL: WantedProgram = {
  name: 'promtool',
  commands: ['promtool'],
  install: 'apt-get install prometheus, or set PROMTOOL to the paths of those to use',
};
const AMTOOL: WantedProgram = {
  name: 'amtool',
  commands: ['amtool'],
  install: 'apt-get install prometheus-alertmanager',
};
/** Where the cluster tool leaves the one of Prometheus 3. */
const BUILT = join(homedir(), '.cache/cluster/bin/prometheus/promtool');

/**
 * Every promtool to test with: those that `PROMTOOL` names, separated by commas, or the installed one and the one of
 * Prometheus 3 where it was built.
 * @throws MissingProgramError when there is none; Error when one that was named is not there.
 */
export async function findPromtools(named = process.env['PROMTOOL']): Promise<readonly string[]> {
  if (named) return named.split(',').map((path) => path.trim());
  const installed = await findProgram(PROMTOOL);
  const built = await access(BUILT).then(
    () => [BUILT],
    () => [],
  );
  return [installed, ...built];
}

/** @throws MissingProgramError */
export async function findAmtool(): Promise<string> {
  return findProgram(AMTOOL);
}
