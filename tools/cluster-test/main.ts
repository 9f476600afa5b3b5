import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { runCommand } from '../command/run-command';
import { APPS } from '../images/command-line';
import { toolPath } from '../kubectl-layer/tool-path';
import { chooseContext } from './choose-context';
import { clusterCommands } from './cluster-commands';
import { type ClusterTestOptions, HELP, parseClusterTestCommand } from './command-line';
import { lookAtCluster, type ClusterFacts } from './look-at-cluster';
import { namespacesOfAll, type Part, PARTS, runInLanes } from './parts';
import { requirePossible } from './require-possible';
import { type Check, closingLine, recordPage, table } from './report';
import { runPart } from './run-part';

const RECORD = 'docs/reference/cluster-run.md';
/** The two versions between which releases are upgraded and rolled back. */
const TAGS = ['k8s-test', 'k8s-test-next'];

void runCommand({ help: HELP, parse: parseClusterTestCommand, run });

async function run(options: ClusterTestOptions): Promise<void> {
  const tools = { helm: await toolPath('helm'), kubectl: await toolPath('kubectl') };
  const context = chooseContext(contexts(tools.kubectl), options.context);
  const commands = clusterCommands(process.env, context);
  const facts = lookAtCluster(tools, context);
  say(`${context}: Kubernetes ${facts.kubernetes}, ${facts.nodes.length} nodes; ${describe(facts)}`);
  requirePossible(options, commands, facts);
  if (options.build && commands.load !== undefined) buildAndLoad(commands.load);
  const kubectl = (...args: readonly string[]): void =>
    void execFileSync(tools.kubectl, ['--context', context, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const namespaces = namespacesOfAll(options.parts);
  makeNamespaces(tools.kubectl, context, namespaces);
  const startedAtMs = Date.now();
  const env = {
    ...process.env,
    HELM: tools.helm,
    KUBECTL: tools.kubectl,
    K8S_CONTEXT: context,
    K8S_FACTS: JSON.stringify(facts),
    K8S_KILL: commands.kill ?? '',
    K8S_FAIL: commands.fail ?? '',
    K8S_RECOVER: commands.recover ?? '',
    K8S_DISRUPT: options.disrupt ? 'yes' : '',
    K8S_STARTED_AT_MS: String(startedAtMs),
  };
  try {
    const checks = (await runInLanes(options.parts, (part) => timed(part, env))).flat();
    const settled = options.again ? await triedAgain(checks, env) : checks;
    finish(settled, options, { ...facts, tookMs: Date.now() - startedAtMs });
  } finally {
    if (!options.keep) kubectl('delete', 'namespace', ...namespaces, '--ignore-not-found');
  }
}

/** One part after the other, and what they do is held from now on. @returns all checks, those of these parts from the second try. */
async function triedAgain(checks: readonly Check[], env: NodeJS.ProcessEnv): Promise<readonly Check[]> {
  const failed = new Set(checks.filter(({ outcome }) => outcome === 'failed').map(({ part }) => part));
  if (failed.size === 0) return checks;
  process.stdout.write(`\n${table(checks)}\n\n`);
  say(`once more: ${[...failed].join(', ')}`);
  const kept = checks.filter(({ part }) => !failed.has(part));
  const again: Check[] = [];
  for (const part of PARTS.filter(({ name }) => failed.has(name))) {
    const since = { ...env, K8S_STARTED_AT_MS: String(Date.now()) };
    again.push(...(await timed(part, since)));
  }
  return [...kept, ...again.map((check) => ({ ...check, part: `${check.part}, second try` }))];
}

async function timed(part: Part, env: NodeJS.ProcessEnv): Promise<readonly Check[]> {
  const startedAtMs = Date.now();
  say(`part ${part.name} ...`);
  const checks = await runPart(part, env);
  say(`part ${part.name}: ${closingLine(checks)}, ${((Date.now() - startedAtMs) / 1000).toFixed(0)} s`);
  return checks;
}

function finish(
  checks: readonly Check[],
  options: ClusterTestOptions,
  facts: ClusterFacts & { readonly tookMs: number },
): void {
  process.stdout.write(`\n${table(checks)}\n\n`);
  if (options.record) {
    const date = new Date().toISOString().slice(0, 10);
    writeFileSync(RECORD, recordPage(checks, { ...facts, nodes: facts.nodes.length, date }));
    say(`written to ${RECORD}`);
  }
  process.stdout.write(`${closingLine(checks)}\n`);
  if (checks.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
}

function buildAndLoad(load: string): void {
  for (const tag of TAGS) {
    say(`building images ${tag}`);
    const wanted = appsOf(tag).flatMap((app) => ['--app', app]);
    runOrThrow('node', [
      'dist/tools/images/main.js',
      '--no-weigh',
      '--tag',
      tag,
      '--version',
      tag,
      ...wanted,
    ]);
  }
  for (const tag of TAGS)
    for (const app of appsOf(tag)) {
      say(`loading ${app}:${tag}`);
      runOrThrow('sh', ['-c', `${load} "$1"`, 'load', `docker.io/latido/${app}:${tag}`]);
    }
}

/** The embedded AWS is never upgraded. */
function appsOf(tag: string): readonly string[] {
  return APPS.filter((app) => app !== 'local-aws' || tag === TAGS[0]);
}

/** Enforced by the cluster itself: a pod that breaks a rule of `restricted` is refused. */
function makeNamespaces(kubectl: string, context: string, names: readonly string[]): void {
  const namespaces = names.map((name) => ({
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
