import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolPath } from '../kubectl-layer/tool-path';
import { chooseContext } from './choose-context';
import { type ClusterCommands, clusterCommands } from './cluster-commands';
import { type ClusterTestOptions, HELP, parseClusterTestCommand } from './command-line';
import type { Part } from './parts';
import { lookAtCluster, type ClusterFacts } from './look-at-cluster';
import { type Check, checksOf, closingLine, type JestResults, recordPage, table } from './report';

const EXIT_BAD_USAGE = 64;
const RECORD = 'docs/reference/cluster-run.md';
/** The two versions between which releases are upgraded and rolled back. */
const TAGS = ['k8s-test', 'k8s-test-next'];
const IMAGES = ['service-a', 'service-b', 'heartbeat-monitor', 'local-aws'];
const NAMESPACES = ['latido-k8s-test', 'latido-k8s-test-2'];

void main();

async function main(): Promise<void> {
  const command = parseClusterTestCommand(process.argv.slice(2));
  if (command.outcome === 'help') return void process.stdout.write(HELP);
  if (command.outcome === 'invalid') {
    process.stderr.write(`${command.problem}\n\n${HELP}`);
    process.exitCode = EXIT_BAD_USAGE;
    return;
  }
  try {
    await run(command.options);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function run(options: ClusterTestOptions): Promise<void> {
  const tools = { helm: await toolPath('helm'), kubectl: await toolPath('kubectl') };
  const context = chooseContext(contexts(tools.kubectl), options.context);
  const commands = clusterCommands(process.env, context);
  const facts = lookAtCluster(tools, context);
  say(`${context}: Kubernetes ${facts.kubernetes}, ${facts.nodes.length} nodes; ${describe(facts)}`);
  if (options.build) buildAndLoad(commands);
  const kubectl = (...args: readonly string[]): void =>
    void execFileSync(tools.kubectl, ['--context', context, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  makeNamespaces(tools.kubectl, context);
  const env = {
    ...process.env,
    HELM: tools.helm,
    KUBECTL: tools.kubectl,
    K8S_CONTEXT: context,
    K8S_FACTS: JSON.stringify(facts),
    K8S_KILL: commands.kill,
    K8S_FAIL: commands.fail,
    K8S_RECOVER: commands.recover,
    K8S_DISRUPT: options.disrupt ? 'yes' : '',
  };
  const checks: Check[] = [];
  try {
    for (const part of options.parts) checks.push(...runPart(part, env));
  } finally {
    if (!options.keep) kubectl('delete', 'namespace', ...NAMESPACES, '--ignore-not-found');
  }
  finish(checks, options, facts);
}

function finish(checks: readonly Check[], options: ClusterTestOptions, facts: ClusterFacts): void {
  process.stdout.write(`\n${table(checks)}\n\n`);
  if (options.record) {
    const date = new Date().toISOString().slice(0, 10);
    writeFileSync(RECORD, recordPage(checks, { ...facts, nodes: facts.nodes.length, date }));
    say(`written to ${RECORD}`);
  }
  process.stdout.write(`${closingLine(checks)}\n`);
  if (checks.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
}

/** A run of jest for each part: one that breaks down takes none of the others with it. */
function runPart({ name }: Part, env: NodeJS.ProcessEnv): readonly Check[] {
  say(`part ${name}`);
  const directory = mkdtempSync(join(tmpdir(), 'latido-k8s-'));
  const results = join(directory, 'results.json');
  try {
    const jest = require.resolve('jest/bin/jest');
    const flags = ['--config', 'jest.k8s.config.js', '--json', '--outputFile', results];
    spawnSync(process.execPath, [jest, ...flags, '--testPathPatterns', `test/k8s/${name}\\.k8s-spec`], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return checksOf(name, JSON.parse(readFileSync(results, 'utf8')) as JestResults);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function buildAndLoad({ load }: ClusterCommands): void {
  for (const tag of TAGS) {
    say(`building images ${tag}`);
    runOrThrow('node', ['dist/tools/images/main.js', '--tag', tag, '--version', tag]);
  }
  for (const tag of TAGS)
    for (const image of IMAGES) {
      say(`loading ${image}:${tag}`);
      runOrThrow('sh', ['-c', `${load} "$1"`, 'load', `docker.io/latido/${image}:${tag}`]);
    }
}

/** Enforced by the cluster itself: a pod that breaks a rule of `restricted` is refused. */
function makeNamespaces(kubectl: string, context: string): void {
  const namespaces = NAMESPACES.map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  }));
  execFileSync(kubectl, ['--context', context, 'apply', '--filename', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: namespaces }),
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}

function contexts(kubectl: string) {
  const config = JSON.parse(
    execFileSync(kubectl, ['config', 'view', '--output', 'json'], { encoding: 'utf8' }),
  ) as { readonly contexts: readonly { readonly name: string }[] | null; readonly 'current-context': string };
  const current = config['current-context'];
  return { names: (config.contexts ?? []).map(({ name }) => name), ...(current !== '' && { current }) };
}

function describe({ monitoring, keda, metrics }: ClusterFacts): string {
  const here = (there: boolean): string => (there ? 'there' : 'not there');
  return `metrics ${here(metrics)}, Prometheus operator ${here(monitoring)}, KEDA ${here(keda)}`;
}

function runOrThrow(program: string, args: readonly string[]): void {
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed (exit code ${status}); see above`);
}

function say(text: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}
