import { parseArgs } from 'node:util';
import type { CommandLine } from '../command/run-command';
import { namespacesOfAll, PARTS, type Part } from './parts';

/** What `npm run test:k8s` was asked for. */
export interface ClusterTestOptions {
  /** A context that may be used although it is not one of kind's. */
  readonly context?: string;
  readonly parts: readonly Part[];
  /** Whether nodes may be drained and lost. */
  readonly disrupt: boolean;
  /** Whether the images are built and loaded first. */
  readonly build: boolean;
  /** Whether namespaces stay when it is over. */
  readonly keep: boolean;
  /** Whether parts that failed are tried once more. */
  readonly again: boolean;
  /** Whether the table is written to docs/reference/cluster-run.md. */
  readonly record: boolean;
}

const WIDTH = Math.max(...PARTS.map(({ name }) => name.length));

export const HELP = `npm run test:k8s -- [options]: checks the chart, the images and the apps on a real cluster.

  --context NAME   use this context of the kubeconfig; without it only contexts named kind-* are touched
  --only PART      run only this part, may be repeated
  --disrupt        also drain and lose nodes
  --no-build       the images are in the cluster already (tags k8s-test and k8s-test-next)
  --keep           leave the namespaces behind, to look at
  --again          try parts that failed once more, one after the other; the table has the second try of these
  --record         write the table to docs/reference/cluster-run.md
  --help           this text

Parts:
${PARTS.map(({ name, about }) => `  ${name.padEnd(WIDTH)}  ${about}`).join('\n')}

Needs a cluster with at least two nodes and 2 GB free, and docker, podman or buildah for the images; helm and
kubectl come with the development dependencies (HELM and KUBECTL name others). It makes these namespaces,
and takes them away: ${namespacesOfAll(PARTS).join(', ')}.
What needs something that the cluster does not have (Prometheus operator, KEDA, a command below) is reported as not run. About 20 minutes with everything after
the images are built, because parts run beside each other; 1 with --only install.

How the cluster is handled is said by commands, to which their arguments are appended; contexts named kind-* have defaults:
  K8S_LOAD      IMAGE           puts an image that was built here into every node
  K8S_KILL      NAMESPACE POD   SIGKILL to the containers of a pod
  K8S_FAIL      NODE            cuts a node off at once
  K8S_RECOVER   NODE            brings it back
`;

/** Reads the flags; what is wrong with them is an outcome. */
export function parseClusterTestCommand(args: readonly string[]): CommandLine<ClusterTestOptions> {
  const flags = parse(args);
  if ('problem' in flags) return { outcome: 'invalid', problem: flags.problem };
  if (flags.help === true) return { outcome: 'help' };
  const only = flags.only ?? PARTS.map(({ name }) => name);
  const unknown = only.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0)
    return {
      outcome: 'invalid',
      problem: `${unknown.join(', ')}: choose from ${PARTS.map(({ name }) => name).join(', ')}`,
    };
  return {
    outcome: 'run',
    options: {
      parts: PARTS.filter(({ name }) => only.includes(name)),
      disrupt: flags.disrupt === true,
      build: flags['no-build'] !== true,
      keep: flags.keep === true,
      again: flags.again === true,
      record: flags.record === true,
      ...(flags.context !== undefined && { context: flags.context }),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        context: { type: 'string' },
        only: { type: 'string', multiple: true },
        disrupt: { type: 'boolean' },
        again: { type: 'boolean' },
        'no-build': { type: 'boolean' },
        keep: { type: 'boolean' },
        record: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
