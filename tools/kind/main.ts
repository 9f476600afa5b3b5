import { spawnSync } from 'node:child_process';
import { toolPath } from '../kubectl-layer/tool-path';
import { sourceTag } from './source-tag';
import { downPlan, type Step, upPlan } from './kind-plan';

const EXIT_BAD_USAGE = 64;

const HELP = `npm run kind:up     a cluster on this machine with Prometheus, Alertmanager, Grafana, Tempo and Latido
npm run kind:down   deletes it

Needs Docker (8 GB of memory, 15 GB of disk), kind 0.24 or newer, and the internet for images and charts of others.
helm and kubectl come with the development dependencies (HELM and KUBECTL name others).
The first time takes about 10 minutes, most of it for images of others; again 2. Each step can be repeated;
after a change of code it replaces the pods of what has changed.
`;

void main();

async function main(): Promise<void> {
  const [verb, ...rest] = process.argv.slice(2);
  if (rest.includes('--help') || verb === '--help') return void process.stdout.write(HELP);
  if ((verb !== 'up' && verb !== 'down') || rest.length > 0) {
    process.stderr.write(HELP);
    process.exitCode = EXIT_BAD_USAGE;
    return;
  }
  try {
    await (verb === 'up' ? up() : follow(downPlan()));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function up(): Promise<void> {
  await follow(upPlan(clusters(), sourceTag('.')));
  process.stdout.write(`
Latido runs. Look at it:
  kubectl -n latido port-forward service/latido-heartbeat-monitor 3003   then http://127.0.0.1:3003
  kubectl -n monitoring port-forward service/kube-prometheus-stack-grafana 3000:80   admin, password latido
Check it:  npm run test:k8s -- --only install
`);
}

function clusters(): readonly string[] {
  const { status, stdout, error } = spawnSync('kind', ['get', 'clusters'], { encoding: 'utf8' });
  if (error !== undefined)
    throw new Error('kind is not installed: https://kind.sigs.k8s.io/docs/user/quick-start');
  if (status !== 0) throw new Error('kind cannot work: is Docker running?');
  return stdout.trim().split('\n');
}

async function follow(steps: readonly Step[]): Promise<void> {
  const paths = {
    helm: await toolPath('helm'),
    kubectl: await toolPath('kubectl'),
    kind: 'kind',
    node: 'node',
  };
  for (const [n, { what, program, args }] of steps.entries()) {
    const startedAtMs = Date.now();
    process.stdout.write(`\n[${n + 1}/${steps.length}] ${what}\n  ${program} ${args.join(' ')}\n`);
    const { status, error } = spawnSync(paths[program], args, { stdio: 'inherit' });
    if (status !== 0)
      throw new Error(
        `${what}: ${program} failed (${error?.message ?? `exit code ${status}`}); mend it and run this again`,
      );
    process.stdout.write(`  done in ${((Date.now() - startedAtMs) / 1000).toFixed(0)} s\n`);
  }
}
