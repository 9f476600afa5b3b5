import { series } from './query';

const blindReplicas = `max by (namespace, release, pod) (${series('interop_monitor_blind')}) == 1`;

/** Behind a selector: without the replicas that cannot trust what they see. A blind replica still says "up". */
export const NOT_BLIND = ` unless on (namespace, release, pod) (${blindReplicas})`;

/** 1 while no replica can be believed. One that still warms up cannot be. */
export const everyReplicaBlind = `min(max by (pod) (${series('interop_monitor_blind')}))`;

/** Instances by the labels given: every replica that is not blind counts the same ones. */
export function instancesBy(labels: string, ...matchers: readonly string[]): string {
  return `max by (${labels}) (sum by (${labels}, namespace, release, pod) (${series('interop_service_instances', ...matchers)})${NOT_BLIND})`;
}
