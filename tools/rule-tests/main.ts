import { parseArgs } from 'node:util';
import { checkInhibition } from './check-inhibition';
import { checkRoutes } from './check-routes';
import { checkRules, type Finding } from './check-rules';
import { findAmtool, findPromtools } from './tools';

const HELP = `Tests the alerts that the chart ships: npm run test:rules

  Every promtool checks the rule files and plays every case: each alert fires, stays silent and resolves.
  amtool checks the configuration of Alertmanager and follows every team and severity through it.
  A real Alertmanager says what mutes what.

  Needs: apt-get install prometheus prometheus-alertmanager
  PROMTOOL=path,path   the promtools to use instead of the installed one (and of ~/.cache/cluster's, where it is)
`;
const EXIT_BAD_USAGE = 64;

void main();

async function main(): Promise<void> {
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
    if (values.help) process.stdout.write(HELP);
    else await testAll();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    const usage =
      error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    process.exitCode = usage ? EXIT_BAD_USAGE : 1;
  }
}

/** @throws MissingProgramError with what to install. */
async function testAll(): Promise<void> {
  const root = process.cwd();
  const [{ paths, missing }, amtool] = [await findPromtools(), await findAmtool()];
  let failed = 0;
  const tell = (findings: readonly Finding[]): void => {
    for (const { ok, text } of findings) process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${text}\n`);
    failed += findings.filter(({ ok }) => !ok).length;
  };
  for (const promtool of paths) tell(await checkRules(promtool));
  tell(await checkRoutes(amtool, root));
  tell(await checkInhibition(root));
  // At the end, where it is read: what passed, passed on these only.
  if (missing !== undefined) process.stdout.write(`NOT RUN ${missing}\n`);
  if (failed > 0) throw new Error(`${failed} checks failed; what the tools said is above`);
}
