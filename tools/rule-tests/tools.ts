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

/** The promtools to test with. */
export interface Promtools {
  readonly paths: readonly string[];
  /** A version that the rules are for and that none of these is, with what to do about it. */
  readonly missing?: string;
}

/**
 * Every promtool to test with: those that `PROMTOOL` names, separated by commas, or the installed one and the one of
 * Prometheus 3 where it was built.
 * @throws MissingProgramError when there is none; Error when one that was named is not there.
 */
export async function findPromtools({
  named = process.env['PROMTOOL'],
  built = BUILT,
}: { readonly named?: string; readonly built?: string } = {}): Promise<Promtools> {
  if (named) return { paths: named.split(',').map((path) => path.trim()) };
  const installed = await findProgram(PROMTOOL);
  const isBuilt = await access(built).then(
    () => true,
    () => false,
  );
  return isBuilt
    ? { paths: [installed, built] }
    : {
        paths: [installed],
        missing: `Prometheus 3: there is no ${built}; name its promtool: PROMTOOL=${installed},/path/to/promtool`,
      };
}

/** @throws MissingProgramError */
export async function findAmtool(): Promise<string> {
  return findProgram(AMTOOL);
}
