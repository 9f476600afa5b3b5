import { execFileSync, spawnSync } from 'node:child_process';

/** What is there, and so what can be checked. */
export interface ClusterFacts {
  /** Version of the API server. */
  readonly kubernetes: string;
  readonly helm: string;
  readonly nodes: readonly string[];
  /** Nodes that take pods; the first is never disrupted, the last is the one that is. */
  readonly workers: readonly string[];
  /** Whether pods' CPU is measured, so that a HorizontalPodAutoscaler acts. */
  readonly metrics: boolean;
  /** Whether the Prometheus operator's definitions are there. */
  readonly monitoring: boolean;
  readonly keda: boolean;
}

interface Node {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly taints?: readonly { readonly effect: string }[] };
}

/** @throws Error when the cluster does not answer. */
export function lookAtCluster(
  tools: { readonly kubectl: string; readonly helm: string },
  context: string,
): ClusterFacts {
  const kubectl = (...args: readonly string[]): string =>
    execFileSync(tools.kubectl, ['--context', context, ...args], { encoding: 'utf8' });
  const serves = (...args: readonly string[]): boolean =>
    spawnSync(tools.kubectl, ['--context', context, 'get', ...args], { stdio: 'ignore' }).status === 0;
  const { serverVersion } = JSON.parse(kubectl('version', '--output', 'json')) as {
    readonly serverVersion: { readonly gitVersion: string };
  };
  const { items } = JSON.parse(kubectl('get', 'nodes', '--output', 'json')) as {
    readonly items: readonly Node[];
  };
  const name = ({ metadata }: Node): string => metadata.name;
  return {
    kubernetes: serverVersion.gitVersion,
    helm: execFileSync(tools.helm, ['version', '--template', '{{.Version}}'], { encoding: 'utf8' }),
    nodes: items.map(name),
    workers: items
      .filter(({ spec }) => !spec.taints?.some(({ effect }) => effect === 'NoSchedule'))
      .map(name),
    metrics: serves('--raw', '/apis/metrics.k8s.io/v1beta1/nodes'),
    monitoring: serves('prometheuses.monitoring.coreos.com', '--all-namespaces'),
    keda: serves('scaledobjects.keda.sh', '--all-namespaces'),
  };
}
