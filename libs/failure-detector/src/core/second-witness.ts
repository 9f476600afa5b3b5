import { changeState, identityOf } from './change-state';
import type { DetectorCore } from './detector-core';
import type { InstanceRecord } from './peer-records';
import { newInstance } from './new-instance';
import { enqueue } from './revive';

/** What Kubernetes says of a pod. The instance id is the pod's UID. */
export interface PodObservation {
  readonly service: string;
  readonly instanceId: string;
  readonly pod: 'ready' | 'not_ready' | 'deleted';
}

/**
 * Takes the second witness in. It only shortens: a deleted pod is down within seconds, a silent one that
 * is ready is `mute` instead of down. Without it everything is found out by silence all the same.
 */
export function observePod(
  core: DetectorCore,
  { service, instanceId, pod }: PodObservation,
  nowMs: number,
): void {
  const instance = core.table.find(service, instanceId);
  if (pod === 'deleted') {
    if (instance !== undefined) podDeleted(core, instance, nowMs);
    return;
  }
  const seen = instance ?? introduce(core, service, instanceId, nowMs);
  if (seen === undefined || seen.podDeletedAtMs !== undefined) return;
  seen.podReady = pod === 'ready';
  if (seen.podReady && seen.state === 'down')
    changeState(core, seen, { to: 'mute', reason: 'pod_ready', atMs: nowMs });
  if (!seen.podReady) unmute(core, seen, nowMs);
}

/** The witness is gone: what it said of readiness does not count any longer. */
export function losePodWitness(core: DetectorCore, nowMs: number): void {
  for (const service of core.table.services.values()) {
    for (const instance of service.instances.values()) {
      instance.podReady = undefined;
      unmute(core, instance, nowMs);
    }
  }
}

/** Declares deleted pods down once a goodbye on its way had its time; not while blind: it may be stuck. */
export function judgeDeletedPods(core: DetectorCore, nowMs: number): void {
  if (core.channel.blind) return;
  for (const instance of core.deletedPods) {
    const { podDeletedAtMs } = instance;
    if (podDeletedAtMs !== undefined && nowMs - podDeletedAtMs <= core.settings.witnessGraceMs) continue;
    core.deletedPods.delete(instance);
    if (podDeletedAtMs === undefined) continue; // Another incarnation took its place.
    changeState(core, instance, { to: 'down', reason: 'pod_deleted', atMs: nowMs });
  }
}

function podDeleted(core: DetectorCore, instance: InstanceRecord, nowMs: number): void {
  instance.podReady = undefined;
  if (instance.state === 'unknown') {
    instance.service.states.unknown--;
    core.table.remove(instance);
    core.facts.push({ kind: 'burial', ...identityOf(instance), reason: 'pod_deleted', atMs: nowMs });
  } else if (instance.state !== 'left' && instance.state !== 'down') {
    instance.podDeletedAtMs = nowMs;
    core.deletedPods.add(instance);
  }
}

function introduce(
  core: DetectorCore,
  name: string,
  instanceId: string,
  nowMs: number,
): InstanceRecord | undefined {
  const service = core.table.service(name);
  if (service === undefined || !core.table.hasRoomFor(service)) {
    core.table.overflowed++;
    return undefined;
  }
  const instance = newInstance(core, service, instanceId, nowMs);
  core.table.add(instance);
  enqueue(core, instance);
  return instance;
}

function unmute(core: DetectorCore, instance: InstanceRecord, nowMs: number): void {
  if (instance.state === 'mute')
    changeState(core, instance, { to: 'down', reason: 'pod_not_ready', atMs: nowMs });
}
