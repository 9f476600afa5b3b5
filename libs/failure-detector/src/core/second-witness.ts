import { changeState, identityOf } from './change-state';
import type { DetectorCore } from './detector-core';
import type { InstanceRecord, PodEnd, PodPhase } from './peer-records';
import { newInstance } from './new-instance';
import { enqueue, verdictOf } from './revive';

/** What Kubernetes says of a pod. The instance id is the pod's UID. */
export interface PodObservation {
  readonly service: string;
  readonly instanceId: string;
  /**
   * `ready` and `not_ready` as the pod's condition says; `leaving`: it was told to end; `exited`: its container ended and
   * may be started again; `deleted`: it is gone for ever.
   */
  readonly pod: PodPhase | 'exited' | 'deleted';
  /** For `exited`: when, in epoch milliseconds by Kubernetes' clock. A start after it is not meant. */
  readonly exitedAtMs?: number;
}

/**
 * Takes the second witness in. It only shortens: a pod that ended is down within seconds, a silent one that
 * is ready is `mute` instead of down. Without it everything is found out by silence all the same.
 */
export function observePod(core: DetectorCore, observation: PodObservation, nowMs: number): void {
  const { service, instanceId, pod } = observation;
  const instance = core.table.find(service, instanceId);
  if (pod === 'ready' || pod === 'not_ready') {
    const seen = instance ?? introduce(core, service, instanceId, nowMs);
    if (seen !== undefined) seeReadiness(core, seen, pod === 'ready', nowMs);
  } else if (instance !== undefined) {
    instance.podPhase = pod === 'leaving' ? pod : undefined;
    if (pod === 'deleted') podEnded(core, instance, { atMs: nowMs, reason: 'pod_deleted' });
    else if (pod === 'exited' && !startedAfter(instance, observation))
      podEnded(core, instance, { atMs: nowMs, reason: 'pod_exited' });
  }
}

/** The witness is gone: what it said of readiness does not count any longer, and whom only it knew is forgotten. */
export function losePodWitness(core: DetectorCore, nowMs: number): void {
  for (const service of core.table.services.values()) {
    for (const instance of service.instances.values()) {
      instance.podPhase = undefined;
      if (wasNeverHeard(instance)) forget(core, instance, 'witness_lost', nowMs);
      else unvouch(core, instance);
    }
  }
}

/** Declares ended pods down once a goodbye on its way had its time; not while blind: it may be stuck. */
export function judgeEndedPods(core: DetectorCore, nowMs: number): void {
  if (core.channel.blind) return;
  for (const instance of core.endedPods) {
    const { podEnd } = instance;
    if (podEnd !== undefined && nowMs - podEnd.atMs <= core.settings.witnessGraceMs) continue;
    core.endedPods.delete(instance);
    if (podEnd === undefined) continue; // Another incarnation took its place.
    changeState(core, instance, { to: 'down', reason: podEnd.reason, atMs: nowMs });
  }
}

/**
 * Declares those down who were mute, whom no witness calls ready any longer, and who are still silent; not while blind. They
 * stay mute until then.
 */
export function judgeUnvouched(core: DetectorCore, nowMs: number): void {
  if (core.channel.blind) return;
  for (const instance of core.unvouched) {
    const { state, podPhase } = instance;
    if (state === 'mute' && podPhase !== 'ready' && verdictOf(core, instance) !== 'down') continue;
    core.unvouched.delete(instance);
    if (state !== 'mute' || podPhase === 'ready') continue;
    const reason = podPhase === 'not_ready' ? 'pod_not_ready' : 'silence';
    changeState(core, instance, { to: 'down', reason, atMs: nowMs });
  }
}

function seeReadiness(core: DetectorCore, instance: InstanceRecord, isReady: boolean, nowMs: number): void {
  if (instance.podEnd?.reason === 'pod_deleted') return;
  if (isReady) restarted(core, instance);
  if (instance.podEnd !== undefined) return;
  instance.podPhase = isReady ? 'ready' : 'not_ready';
  if (isReady && instance.state === 'down')
    changeState(core, instance, { to: 'mute', reason: 'pod_ready', atMs: nowMs });
  if (!isReady) unvouch(core, instance);
}

/** A pod whose container exited is ready again: another process runs in it. */
function restarted(core: DetectorCore, instance: InstanceRecord): void {
  instance.podEnd = undefined;
  core.endedPods.delete(instance);
}

function podEnded(core: DetectorCore, instance: InstanceRecord, end: PodEnd): void {
  if (wasNeverHeard(instance)) {
    if (end.reason === 'pod_deleted') forget(core, instance, 'pod_deleted', end.atMs);
  } else if (instance.state !== 'left' && instance.state !== 'down') {
    instance.podEnd = { ...end, atMs: instance.podEnd?.atMs ?? end.atMs };
    core.endedPods.add(instance);
  }
}

/** It is told late that a container exited: the process that runs in its place was heard already. */
function startedAfter({ startedAtMs }: InstanceRecord, { exitedAtMs = Infinity }: PodObservation): boolean {
  return startedAtMs > exitedAtMs;
}

const wasNeverHeard = ({ incarnation, state }: InstanceRecord) =>
  incarnation === '' && (state === 'unknown' || state === 'mute');

function forget(
  core: DetectorCore,
  instance: InstanceRecord,
  reason: 'pod_deleted' | 'witness_lost',
  atMs: number,
): void {
  const wasTold = instance.state === 'mute';
  instance.service.states[wasTold ? 'mute' : 'unknown']--;
  core.table.remove(instance);
  core.unvouched.delete(instance);
  if (wasTold) core.facts.push({ kind: 'burial', ...identityOf(instance), reason, atMs });
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

/** Nobody says any longer that a mute instance is alive: from now on its silence is judged. */
function unvouch(core: DetectorCore, instance: InstanceRecord): void {
  if (instance.state === 'mute') core.unvouched.add(instance);
}
