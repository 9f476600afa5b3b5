import { recorded, series } from './query';

/** Behind a selector: only what replicas say that can trust what they see. A blind replica still says "up". */
export const TRUSTED = ` and on (namespace, release, pod) ${recorded('pod:interop_monitor_trusted:info')}`;

/** 1 while no replica can be believed. One that still warms up cannot be. */
export const everyReplicaBlind = `min(max by (pod) (${series('interop_monitor_blind')}))`;

/** Instances by service and state, as the replicas that can be trusted agree. */
export function instances(...matchers: readonly string[]): string {
  return recorded('service_state:interop_service_instances:max', ...matchers);
}

/** Instances that a service should have. */
export function expected(...matchers: readonly string[]): string {
  return recorded('service:interop_service_expected_instances:max', ...matchers);
}
