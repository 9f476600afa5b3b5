import { changeState } from './change-state';
import type { DetectorCore } from './detector-core';
import type { InstanceRecord } from './peer-records';
import { isWorse, type SilenceVerdict } from './judge-silence';
import { enqueue, verdictOf } from './revive';

/**
 * Gives the verdicts that the passing of time brings.
 *
 *     due by the wheel -> late at once -> suspect and down: not while blind, not while a mass silence
 *                                         is unproven; held ones are looked at again
 */
export function judgeInstances(core: DetectorCore, nowMs: number): void {
  const accused = findAccused(core, nowMs);
  const held = core.channel.blind;
  const { trusted } = core.table;
  if (!held) for (const { instance } of accused) noteCrossing(core, instance, { atMs: nowMs, trusted });
  const hold = updateMass(core, { nowMs, trusted }) || held;
  for (const { instance, verdict } of accused) {
    if (hold) holdBack(core, instance, nowMs);
    else convict(core, instance, verdict, nowMs);
  }
}

interface Accused {
  readonly instance: InstanceRecord;
  readonly verdict: SilenceVerdict;
}

function findAccused(core: DetectorCore, nowMs: number): readonly Accused[] {
  const accused: Accused[] = [];
  for (const instance of core.wheel.take(core.channel.watermarkMs)) {
    instance.queued = false;
    if (isEnded(instance)) continue;
    const verdict = verdictOf(core, instance);
    if (instance.state === 'unknown') judgeUnheard(core, instance, verdict, nowMs);
    else if (isWorse(verdict, 'late')) accused.push({ instance, verdict });
    else lateAtWorst(core, instance, verdict, nowMs);
  }
  return accused;
}

const isEnded = ({ state }: InstanceRecord) => state === 'down' || state === 'left' || state === 'mute';

/** A pod that Kubernetes calls ready and that never sent a heartbeat cannot talk. */
function judgeUnheard(
  core: DetectorCore,
  instance: InstanceRecord,
  verdict: SilenceVerdict,
  nowMs: number,
): void {
  if (instance.service.instances.get(instance.instanceId) !== instance) return;
  if (verdict === 'down' && instance.podPhase === 'ready' && !core.channel.blind) {
    changeState(core, instance, { to: 'mute', reason: 'pod_ready', atMs: nowMs });
  } else if (verdict === 'down') requeue(core, instance);
  else enqueue(core, instance);
}

function lateAtWorst(
  core: DetectorCore,
  instance: InstanceRecord,
  verdict: SilenceVerdict,
  nowMs: number,
): void {
  if (verdict === 'late' && instance.state === 'up') {
    changeState(core, instance, { to: 'late', reason: 'silence', atMs: nowMs });
  }
  enqueue(core, instance);
}

function noteCrossing(
  core: DetectorCore,
  instance: InstanceRecord,
  crossing: { readonly atMs: number; readonly trusted: number },
): void {
  if (instance.crossed) return;
  instance.crossed = true;
  core.mass.crossed(crossing);
}

function updateMass(
  core: DetectorCore,
  { nowMs, trusted }: { readonly nowMs: number; readonly trusted: number },
): boolean {
  const { proven } = core.channel;
  const { hold, changed, silent } = core.mass.update({ nowMs, trusted, proven });
  if (changed) core.facts.push({ kind: 'mass_silence', raised: core.mass.raised, silent, atMs: nowMs });
  return hold;
}

function holdBack(core: DetectorCore, instance: InstanceRecord, nowMs: number): void {
  if (instance.state === 'up') changeState(core, instance, { to: 'late', reason: 'silence', atMs: nowMs });
  requeue(core, instance);
}

function requeue(core: DetectorCore, instance: InstanceRecord): void {
  instance.queued = true;
  core.wheel.add(instance, core.channel.watermarkMs + core.settings.tickMs);
}

function convict(core: DetectorCore, instance: InstanceRecord, verdict: SilenceVerdict, nowMs: number): void {
  const isMute = verdict === 'down' && instance.podPhase === 'ready';
  const to = isMute ? 'mute' : verdict;
  changeState(core, instance, { to, reason: isMute ? 'pod_ready' : 'silence', atMs: nowMs });
  enqueue(core, instance);
}
