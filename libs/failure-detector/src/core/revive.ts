import { changeState } from './change-state';
import type { DetectorCore } from './detector-core';
import type { InstanceRecord } from './peer-records';
import type { InstanceState } from './instance-state';
import { isWorse, judgeSilence, nextBoundaryMs, type SilenceVerdict } from './judge-silence';
import type { Phase } from './observed-heartbeat';

/**
 * Lets an accepted heartbeat better its sender's state, also while the channel is blind: good news is
 * never held. Only a beat that was sent just now, and after the verdict, raises the dead; one that waited in a queue does not,
 * also where the queue is all that a detector that came back knows of the time.
 */
export function reviveBy(
  core: DetectorCore,
  instance: InstanceRecord,
  beat: { readonly phase: Phase; readonly nowMs: number },
): void {
  const { phase, nowMs } = beat;
  if (phase === 'goodbye') {
    instance.crossed = false;
    core.endedPods.delete(instance);
    changeState(core, instance, { to: 'left', reason: 'goodbye', atMs: nowMs, phase });
    return;
  }
  if (isEnded(core, instance)) return;
  const verdict = verdictOf(core, instance);
  if (!isWorse(verdict, 'late')) instance.crossed = false;
  const to = betterState(instance, { verdict, nowMs });
  const reason = reasonFor(instance.state);
  changeState(core, instance, { to, reason, atMs: nowMs, phase });
  enqueue(core, instance);
}

/** Puts an instance where its next worse verdict will be found. */
export function enqueue(core: DetectorCore, instance: InstanceRecord): void {
  const { state, queued, intervalMs, service } = instance;
  if (queued || state === 'down' || state === 'left' || state === 'mute') return;
  const verdict = state === 'unknown' ? 'suspect' : state;
  instance.queued = true;
  const boundaryMs = nextBoundaryMs(verdict, { intervalMs, missedBeats: service.missedBeats.value });
  core.wheel.add(instance, instance.lastSentMs + boundaryMs);
}

export function verdictOf(core: DetectorCore, instance: InstanceRecord): SilenceVerdict {
  return judgeSilence({
    silenceMs: core.channel.watermarkMs - instance.lastSentMs,
    intervalMs: instance.intervalMs,
    missedBeats: instance.service.missedBeats.value,
  });
}

function betterState(
  instance: InstanceRecord,
  { verdict, nowMs }: { readonly verdict: SilenceVerdict; readonly nowMs: number },
): InstanceState {
  const { state } = instance;
  if (state === 'unknown' || state === 'left') return 'up';
  if (state === 'down' || state === 'mute')
    return verdict === 'up' && !wasSentBefore(instance, nowMs) ? 'up' : state;
  return isWorse(state, verdict) ? verdict : state;
}

/** The verdict came after the beat. One that is dated ahead of our clock was written down by another, and says nothing. */
function wasSentBefore({ lastSentMs, sinceMs }: InstanceRecord, nowMs: number): boolean {
  return lastSentMs <= sinceMs && sinceMs <= nowMs;
}

function reasonFor(state: InstanceState) {
  if (state === 'unknown') return 'first_heartbeat';
  return state === 'left' ? 'restart' : 'heartbeat';
}

/** The last beats of a pod that ended do not revive it; one sent well after its end refutes the witness. */
function isEnded(core: DetectorCore, instance: InstanceRecord): boolean {
  const { podEnd, lastSentMs } = instance;
  if (podEnd === undefined) return false;
  if (lastSentMs <= podEnd.atMs + core.settings.intervalMs) return true;
  instance.podEnd = undefined;
  core.endedPods.delete(instance);
  return false;
}
