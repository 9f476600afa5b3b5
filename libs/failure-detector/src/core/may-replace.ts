import { readingOf } from './accept-heartbeat';
import type { DetectorCore } from './detector-core';
import type { ObservedHeartbeat } from './observed-heartbeat';
import type { InstanceRecord } from './peer-records';
import { verdictOf } from './revive';
import type { ClockReading } from './sender-clock';

/**
 * Whether another incarnation takes the place of the one that is known: it was sent later by the wall
 * clock, which outlives a restart. One that was replaced before never does.
 */
export function mayReplace(
  core: DetectorCore,
  instance: InstanceRecord,
  beat: ObservedHeartbeat,
  nowMs: number,
): boolean {
  if (instance.replaced.includes(beat.incarnation)) return false;
  if (isUsurper(core, instance, beat)) return false;
  const reading = readingOf(beat, nowMs);
  const sentMs = nowMs - (instance.clock.wallTransitMs(reading) ?? 0);
  return sentMs > instance.lastSentMs || agreesWithCandidate(core, instance, beat, reading);
}

/** A lower epoch while the higher one is heard: a copied or stolen instance id. */
function isUsurper(core: DetectorCore, instance: InstanceRecord, beat: ObservedHeartbeat): boolean {
  if (beat.epoch === undefined || instance.epoch === undefined || beat.epoch >= instance.epoch) return false;
  return verdictOf(core, instance) === 'up' && instance.state !== 'left';
}

/** The wall clock was stepped back between two incarnations: the second beat that agrees is believed. */
function agreesWithCandidate(
  core: DetectorCore,
  instance: InstanceRecord,
  beat: ObservedHeartbeat,
  reading: ClockReading,
): boolean {
  const offsetMs = reading.receivedAtMs - reading.sentAtMs;
  const before = instance.candidate;
  instance.candidate = { incarnation: beat.incarnation, seq: beat.seq, offsetMs };
  if (before?.incarnation !== beat.incarnation || beat.seq <= before.seq || !core.channel.proven)
    return false;
  if (Math.abs(offsetMs - before.offsetMs) > core.settings.relearnToleranceMs) return false;
  instance.clock.relearn(reading);
  return true;
}
