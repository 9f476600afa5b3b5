import { eventually } from '@latido/testing';
import { apply, kubectl, type Pod } from './cluster';
import { NOW } from './release';

/** What a connection came to: an answer, a refusal by the machine itself, or silence. */
export type Outcome = 'answered' | 'refused' | 'timed out';

export interface Target {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

const CONNECT_WITHIN_MS = 3_000;
/** Enforcers follow a pod's start by a moment. */
const ENFORCED_WITHIN_MS = 60_000;

/** Runs in the pod, in Node, because the images have nothing else. */
const CONNECT = `
  const { connect } = require('node:net');
  const targets = JSON.parse(process.argv[1]);
  Promise.all(targets.map(({ host, port }) => new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ${CONNECT_WITHIN_MS} });
    const end = (outcome) => { socket.destroy(); resolve(outcome); };
    socket.once('connect', () => end('answered'));
    socket.once('timeout', () => end('timed out'));
    socket.once('error', (error) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'timed out'));
  }))).then((outcomes) => console.log(JSON.stringify(outcomes)));
`;

/** The command that opens connections to targets, all at once, and prints their outcomes as JSON. */
export type Connects = (targets: readonly Target[]) => readonly string[];

/** A container that connections are opened from. */
interface Place {
  readonly pod: Pod;
  readonly container: string;
  /** In Node unless it is said otherwise. */
  readonly connects?: Connects;
}

const inNode: Connects = (targets) => ['node', '-e', CONNECT, JSON.stringify(targets)];

/** Holds that a pod finds every target as expected, within the time that enforcement takes. */
export async function requireOutcomes(
  from: Place,
  expected: readonly { readonly target: Target; readonly outcome: Outcome }[],
): Promise<void> {
  const row = (outcome: Outcome | undefined, target: Target): string =>
    `${from.pod.metadata.name} -> ${target.name}: ${outcome}`;
  const targets = expected.map(({ target }) => target);
  await eventually(
    async () => {
      const outcomes = await connectFrom(from, targets);
      expect(targets.map((target, n) => row(outcomes[n], target))).toEqual(
        expected.map(({ target, outcome }) => row(outcome, target)),
      );
    },
    { withinMs: ENFORCED_WITHIN_MS },
  );
}

/** Opens a connection from a pod to each target, all at once. */
async function connectFrom(
  { pod, container, connects = inNode }: Place,
  targets: readonly Target[],
): Promise<readonly Outcome[]> {
  const { name, namespace = '' } = pod.metadata;
  const where = ['exec', name, '-n', namespace, '-c', container, '--'];
  return JSON.parse(await kubectl(...where, ...connects(targets))) as readonly Outcome[];
}

/** A pod that runs a few lines of Node in one of our images, as restricted as they are. */
export function nodePod(
  { name, namespace, node }: { readonly name: string; readonly namespace: string; readonly node?: string },
  script: string,
): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      ...(node !== undefined && { nodeName: node }),
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'node',
          image: `docker.io/latido/service-a:${NOW}`,
          imagePullPolicy: 'IfNotPresent',
          command: ['node', '-e', script],
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}

/** Starts pods made by {@link nodePod} and waits until they run. */
export async function startPods(namespace: string, pods: readonly object[], label: string): Promise<void> {
  await apply(pods);
  await kubectl('wait', 'pods', '-n', namespace, '-l', label, '--for=condition=Ready', '--timeout=2m');
}
