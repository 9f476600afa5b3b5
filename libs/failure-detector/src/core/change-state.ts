import type { DetectorCore } from './detector-core';
import type { TransitionReason } from './fact';
import type { InstanceRecord } from './peer-records';
import { type InstanceState, reportedState } from './instance-state';
import type { Phase } from './observed-heartbeat';

/** Moves an instance to a state (or phase), keeps the counts right, and reports the transition if there is one. */
export function changeState(core: DetectorCore, instance: InstanceRecord, change: StateChange): void {
  const { service, state: from } = instance;
  const { to, reason, atMs } = change;
  const phase = change.phase ?? instance.phase;
  if (from === to && instance.phase === phase) return;
  service.states[reportedState(from, instance.phase)]--;
  service.states[reportedState(to, phase)]++;
  instance.phase = phase;
  if (from === to) return;
  instance.state = to;
  instance.sinceMs = atMs;
  if (to === 'down' || to === 'left') service.ended.add(instance);
  else service.ended.delete(instance);
  if (to === 'left') service.expected.left();
  service.recount(atMs);
  core.facts.push({
    kind: 'transition',
    ...identityOf(instance),
    from,
    to,
    reason,
    ...timesOf(instance, atMs),
  });
}

export interface StateChange {
  readonly to: InstanceState;
  readonly reason: TransitionReason;
  readonly atMs: number;
  readonly phase?: Phase;
}

/** The names by which facts and views speak of an instance. */
export function identityOf(instance: InstanceRecord) {
  return {
    service: instance.service.name,
    instanceId: instance.instanceId,
    incarnation: instance.incarnation,
  };
}

const timesOf = (instance: InstanceRecord, atMs: number) => ({
  atMs,
  silentMs: Math.max(0, atMs - instance.lastSentMs),
});
