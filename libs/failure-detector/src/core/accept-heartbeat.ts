import type { DetectorCore } from './detector-core';
import type { ObservedHeartbeat } from './observed-heartbeat';
import type { InstanceRecord } from './peer-records';
import { reviveBy } from './revive';
import type { ClockReading } from './sender-clock';

/** Lets a heartbeat count: where its sender's clocks are, when it sent last, and that it lives. */
export function acceptHeartbeat(
  core: DetectorCore,
  instance: InstanceRecord,
  beat: ObservedHeartbeat,
  nowMs: number,
): number | undefined {
  const transitMs = instance.clock.learn(readingOf(beat, nowMs), core.channel.proven);
  const sentMs = nowMs - (transitMs ?? 0);
  observeDelivery(core, instance, { sentMs, transitMs, atMs: nowMs });
  instance.window.mark(beat.seq);
  instance.lastSentMs = Math.max(instance.lastSentMs, sentMs);
  instance.receivedAtMs = nowMs;
  if (Number.isNaN(instance.startedAtMs)) instance.startedAtMs = sentMs - beat.uptimeMs;
  instance.intervalMs = boundedInterval(core, beat.intervalMs);
  keepNames(instance, beat);
  instance.service.intervalMs = instance.intervalMs;
  instance.service.loss.countSeen();
  reviveBy(core, instance, { phase: beat.state, nowMs });
  return transitMs;
}

/** Equal names stay the old strings: two new ones with each beat of 100,000 instances are work for the garbage collector. */
function keepNames(instance: InstanceRecord, { version = '', zone = '' }: ObservedHeartbeat): void {
  if (instance.version !== version) instance.version = version;
  if (instance.zone !== zone) instance.zone = zone;
}

/** One sample per half interval of send time: 10,000 beats a second of one sender weigh no more than two. */
export function observeDelivery(
  core: DetectorCore,
  instance: InstanceRecord,
  delivery: { readonly sentMs: number; readonly transitMs: number | undefined; readonly atMs: number },
): void {
  const counts = Math.abs(delivery.sentMs - instance.sampledSentMs) >= instance.intervalMs / 2;
  if (counts) instance.sampledSentMs = delivery.sentMs;
  core.channel.observe(counts ? delivery : { ...delivery, transitMs: undefined });
}

/** A sender may be slower or faster than T, within reason: it decides how soon *it* is declared dead. */
function boundedInterval({ settings }: DetectorCore, intervalMs: number): number {
  return Math.min(100 * settings.intervalMs, Math.max(settings.intervalMs / 10, intervalMs));
}

/** The clocks of a heartbeat and the time of its arrival. */
export function readingOf(beat: ObservedHeartbeat, receivedAtMs: number): ClockReading {
  return { sentAtMs: beat.sentAtMs, uptimeMs: beat.uptimeMs, receivedAtMs };
}
