/** How this cluster is handled from outside; each command takes its arguments at its end. */
export interface ClusterCommands {
  readonly load: string;
  readonly kill: string;
  readonly fail: string;
  readonly recover: string;
}

/** The commands of the environment, with those that work for kind as defaults. */
export function clusterCommands(
  env: Readonly<Record<string, string | undefined>>,
  context: string,
): ClusterCommands {
  const kind = context.replace(/^kind-/, '');
  return {
    load: env['K8S_LOAD'] ?? `kind load docker-image --name ${kind}`,
    kill: env['K8S_KILL'] ?? `sh -c '${KILL_IN_KIND}' kill ${context}`,
    fail: env['K8S_FAIL'] ?? 'docker kill',
    recover: env['K8S_RECOVER'] ?? 'docker start',
  };
}

/** A node of kind is a container: the processes of a pod's containers are killed in there. */
const KILL_IN_KIND =
  'node=$(kubectl --context "$1" --namespace "$2" get pod "$3" --output "jsonpath={.spec.nodeName}") && ' +
  'docker exec "$node" sh -c "' +
  'crictl ps --quiet --label io.kubernetes.pod.namespace=$2 --label io.kubernetes.pod.name=$3 | ' +
  'xargs --max-args 1 crictl inspect --output go-template --template {{.info.pid}} | xargs kill -9"';
