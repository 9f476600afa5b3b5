import { readingOf } from './accept-heartbeat';
import type { DetectorCore } from './detector-core';
import type { ObservedHeartbeat } from './observed-heartbeat';
import type { InstanceRecord } from './peer-records';
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
  const reading = readingOf(beat, nowMs);
  const sentMs = nowMs - (instance.clock.wallTransitMs(reading) ?? 0);
  if (isUsurper(core, instance, beat, sentMs)) return false;
  return sentMs > instance.lastSentMs || agreesWithCandidate(core, instance, beat, reading);
}

/**
 * A lower epoch under a known id. Epochs rise with every start, so it is a copied or stolen id, or an honest restart whose
 * store of epochs was wiped or restored. They are told apart by when it started:
 *
 * - while the known one still sent: it ran beside it, so it is no restart; refused until the known one is forgotten
 * - later: it may be a restart; it waits until the end of the known one was told, so that it never hides a death
 */
function isUsurper(
  { settings }: DetectorCore,
  { epoch, lastSentMs, state }: InstanceRecord,
  beat: ObservedHeartbeat,
  sentMs: number,
): boolean {
  if (beat.epoch === undefined || epoch === undefined || beat.epoch >= epoch) return false;
  const startedMs = sentMs - beat.uptimeMs;
  if (startedMs < lastSentMs - settings.relearnToleranceMs) return true;
  return state !== 'down' && state !== 'mute' && state !== 'left';
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
