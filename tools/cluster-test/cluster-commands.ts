/** How this cluster is handled from outside; each command takes its arguments at its end. One that is missing cannot be done. */
export interface ClusterCommands {
  readonly load?: string;
  readonly kill?: string;
  readonly fail?: string;
  readonly recover?: string;
}

/** The commands of the environment, and for a cluster of kind defaults for those that it does not have. */
export function clusterCommands(
  env: Readonly<Record<string, string | undefined>>,
  context: string,
): ClusterCommands {
  const { K8S_LOAD: load, K8S_KILL: kill, K8S_FAIL: fail, K8S_RECOVER: recover } = env;
  return {
    ...(context.startsWith('kind-') && ofKind(context)),
    ...(load && { load }),
    ...(kill && { kill }),
    ...(fail && { fail }),
    ...(recover && { recover }),
  };
}

function ofKind(context: string): Required<ClusterCommands> {
  return {
    load: `kind load docker-image --name ${context.replace(/^kind-/, '')}`,
    kill: `sh -c '${KILL_IN_KIND}' kill ${context}`,
    fail: 'docker kill',
    recover: 'docker start',
  };
}

/** A node of kind is a container: the processes of a pod's containers are killed in there. */
const KILL_IN_KIND =
  'node=$(kubectl --context "$1" --namespace "$2" get pod "$3" --output "jsonpath={.spec.nodeName}") && ' +
  'docker exec "$node" sh -c "' +
  'crictl ps --quiet --label io.kubernetes.pod.namespace=$2 --label io.kubernetes.pod.name=$3 | ' +
  'xargs --max-args 1 crictl inspect --output go-template --template {{.info.pid}} | xargs kill -9"';
