/** Takes each rule out of the source and sees its spec fail: `npm run test:ablations`. */
import { parseArgs } from 'node:util';
import type { Ablation } from './ablation';
import { ALL_ABLATIONS } from './all';
import { type AblationResult, runAblation } from './run-ablation';

const HELP = `Takes each rule of the design out of the source, one at a time, and demands that its spec fails.

  npm run test:ablations                     all of them
  npm run test:ablations -- --only TEXT      those whose name or file contains TEXT
  npm run test:ablations -- --list           what there is, and what each rule says
`;

/** Runs at once: one jest process each, and a laptop has two cores to spare. */
const CONCURRENCY = 2;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { list: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return print(HELP);
  const ablations = ALL_ABLATIONS.filter((ablation) => JSON.stringify(ablation).includes(values.only ?? ''));
  if (values.list) return ablations.forEach(({ name, sentence }) => print(`${name}\n    ${sentence}`));
  const verdicts = await runAll(ablations);
  const count = (verdict: AblationResult['verdict']): number =>
    verdicts.filter((each) => each === verdict).length;
  const broken = count('broken');
  print(`${count('caught')} caught, ${count('missed')} missed${broken > 0 ? `, ${broken} broken` : ''}`);
  if (ablations.length === 0 || count('caught') < ablations.length) process.exitCode = 1;
}

async function runAll(ablations: readonly Ablation[]): Promise<readonly AblationResult['verdict'][]> {
  const verdicts: AblationResult['verdict'][] = [];
  const waiting = [...ablations];
  const worker = async (): Promise<void> => {
    for (let ablation = waiting.shift(); ablation; ablation = waiting.shift()) {
      const { verdict, detail } = await runAblation(ablation);
      verdicts.push(verdict);
      print(`${verdict.padEnd(6)}  ${ablation.name}: ${detail}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return verdicts;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

void main();
