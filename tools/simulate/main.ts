/** The long simulations: `npm run simulate -- commit`. */
import { parseArgs } from 'node:util';
import { commitSimulation } from './commit';
import { detectorSimulation } from './detector';
import type { Subcommand } from './subcommand';

const SUBCOMMANDS: readonly Subcommand[] = [commitSimulation, detectorSimulation];

const HELP = `Long simulations. Each ends with 0 when everything held.

  npm run simulate                   all of them
  npm run simulate -- NAME [options]

${SUBCOMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

  --seed N     seed of everything random (1)
  --only TEXT  only the cases whose name contains TEXT
  --scale X    1 is long; 0.1 is a tenth of it (1)
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      scale: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  });
  const chosen = SUBCOMMANDS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const seed = Number(values.seed);
  const scale = Number(values.scale);
  if (values.help || chosen.length === 0 || !Number.isInteger(seed) || !(scale > 0)) {
    process.stdout.write(HELP);
    return values.help ? 0 : 1;
  }
  let holds = true;
  for (const { run } of chosen)
    holds = (await run({ seed, scale, only: values.only, print, progress })) && holds;
  return holds ? 0 : 1;
}

function print(line: string): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  process.stdout.write(`${line}\n`);
}

function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line}`);
}

async function runAndExit(): Promise<void> {
  process.exitCode = await main();
}

void runAndExit();
