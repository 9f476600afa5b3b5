import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { prefixOf, stageNamed } from '../stages';
import { helmValues, type Outputs } from './helm-values';

const HELP = `Turns the outputs of a stage into a values file of the Helm chart.

  npm run infra:values -- --stage prod [--outputs outputs.json] [--out values-aws-prod.yaml] [--identity podIdentity]

  --stage NAME      dev, staging or prod
  --outputs FILE    what cdk deploy --outputs-file wrote (default: outputs.json)
  --out FILE        where to write (default: standard output)
  --identity MODE   podIdentity (default) or irsa
`;

try {
  run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function run(): void {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string' },
      outputs: { type: 'string', default: 'outputs.json' },
      out: { type: 'string' },
      identity: { type: 'string', default: 'podIdentity' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const stack = prefixOf(stageNamed(values.stage));
  const { identity } = values;
  if (identity !== 'podIdentity' && identity !== 'irsa')
    throw new Error(`--identity is "${identity}"; pass podIdentity or irsa`);
  const made = helmValues(readOutputs(values.outputs), { stack, identityMode: identity });
  // JSON is YAML, so that nothing is needed to write it.
  const text = `# Written by npm run infra:values from ${values.outputs}.\n${JSON.stringify(made, undefined, 2)}\n`;
  if (values.out === undefined) return void process.stdout.write(text);
  writeFileSync(values.out, text);
  process.stderr.write(`wrote ${values.out}\n`);
}

function readOutputs(path: string): Outputs {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Outputs;
  } catch (error) {
    throw new Error(`${path} cannot be read: write it by cdk deploy --outputs-file, or pass --outputs FILE`, {
      cause: error,
    });
  }
}
