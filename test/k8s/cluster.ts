import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import type { ClusterFacts } from '../../tools/cluster-test/look-at-cluster';

const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

/** What of a Kubernetes object the checks look at. */
export interface KubeObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly name: string }[];
  };
}

/** A pod, as far as it is looked at. */
export interface Pod extends KubeObject {
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly hostIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly {
      readonly restartCount: number;
      readonly lastState?: { readonly terminated?: { readonly reason: string } };
    }[];
  };
}

/** What `npm run test:k8s` found out. */
export function facts(): ClusterFacts {
  return JSON.parse(fromRunner('K8S_FACTS')) as ClusterFacts;
}

/** When the run began, with all its parts. */
export const runStartedAtMs = (): number => Number(fromRunner('K8S_STARTED_AT_MS'));

/** Runs kubectl against the cluster under test, and gives what it printed. */
export async function kubectl(...args: readonly string[]): Promise<string> {
  return output(fromRunner('KUBECTL'), ['--context', fromRunner('K8S_CONTEXT'), ...args]);
}

/** Runs helm against the cluster under test. */
export async function helm(...args: readonly string[]): Promise<string> {
  return output(fromRunner('HELM'), ['--kube-context', fromRunner('K8S_CONTEXT'), ...args]);
}

/** The objects of one or more kinds, e.g. `pods` or `deployments,services`. */
export async function list<T extends KubeObject = KubeObject>(
  kinds: string,
  namespace: string,
  selector = '',
): Promise<readonly T[]> {
  const text = await kubectl('get', kinds, '-n', namespace, '-l', selector, '-o', 'json');
  return (JSON.parse(text) as { readonly items: readonly T[] }).items;
}

/** The objects of a kind in all namespaces. */
export async function listEverywhere<T extends KubeObject>(
  kind: string,
  selector: string,
): Promise<readonly T[]> {
  const text = await kubectl('get', kind, '--all-namespaces', '-l', selector, '-o', 'json');
  return (JSON.parse(text) as { readonly items: readonly T[] }).items;
}

/** Hands objects to the cluster, as `kubectl apply` with further flags. */
export async function apply(objects: readonly object[], ...flags: readonly string[]): Promise<string> {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  return withInput(['apply', '-f', '-', ...flags], input);
}

/** Runs kubectl with text on its standard input. */
function withInput(args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(fromRunner('KUBECTL'), ['--context', fromRunner('K8S_CONTEXT'), ...args]);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(said) : reject(new Error(`kubectl ${args[0]}: ${said}`)),
    );
    child.stdin.end(input);
  });
}

/** SIGKILL to the containers of a pod. */
export const killPod = (namespace: string, pod: string): Promise<string> =>
  byCommand('K8S_KILL', namespace, pod);

/** A node is gone from one moment to the next. */
export const failNode = (node: string): Promise<string> => byCommand('K8S_FAIL', node);

/** The node is back. */
export const recoverNode = (node: string): Promise<string> => byCommand('K8S_RECOVER', node);

function byCommand(variable: string, ...args: readonly string[]): Promise<string> {
  return output('sh', ['-c', `${fromRunner(variable)} "$@"`, variable, ...args]);
}

async function output(program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { maxBuffer: LARGEST_ANSWER_BYTES });
    return stdout;
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { readonly stderr?: string; readonly stdout?: string };
    throw new Error(`${args.join(' ')}: ${stderr}${stdout}`, { cause: error });
  }
}

/** What `npm run test:k8s` says by the environment. @throws Error when a file is run without it. */
export function fromRunner(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set: start this by "npm run test:k8s"`);
  return value;
}
