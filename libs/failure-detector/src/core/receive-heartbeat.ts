import { identityOf } from './change-state';
import type { DetectorCore } from './detector-core';
import { type InstanceRecord, rememberedIncarnations } from './peer-records';
import type { HeartbeatResult, ObservedHeartbeat } from './observed-heartbeat';
import { reviveBy, verdictOf } from './revive';
import { type ClockReading, SenderClock } from './sender-clock';
import { SequenceWindow } from './sequence-window';

/** What became of a heartbeat, and how long it travelled where that is known. */
export interface Reception {
  readonly result: HeartbeatResult;
  readonly transitMs: number | undefined;
}

/**
 * Decides whether a heartbeat counts, and lets it count.
 *
 * - same incarnation: only a higher sequence number
 * - another incarnation: only if it was sent later; the one it replaces is refused from then on
 * - everything else is a result with a name; nothing but `accepted` ever changes a verdict
 */
export function receiveHeartbeat(core: DetectorCore, beat: ObservedHeartbeat, nowMs: number): Reception {
  const service = core.table.service(beat.service);
  if (service === undefined) return overflow(core);
  const instance = service.instances.get(beat.instanceId);
  const reception =
    instance === undefined
      ? join(core, beat, nowMs)
      : instance.incarnation === beat.incarnation
        ? proceed(core, instance, beat, nowMs)
        : replace(core, instance, beat, nowMs);
  service.results[reception.result]++;
  return reception;
}

function overflow(core: DetectorCore): Reception {
  core.table.overflowed++;
  return { result: 'overflow', transitMs: undefined };
}

function join(core: DetectorCore, beat: ObservedHeartbeat, nowMs: number): Reception {
  const service = core.table.service(beat.service);
  if (service === undefined || !core.table.hasRoomFor(service)) return overflow(core);
  const instance = newInstance(core, service, beat.instanceId, nowMs);
  core.table.add(instance);
  beginIncarnation(instance, beat);
  return accept(core, instance, beat, nowMs);
}

/** An instance that is known by its name alone. */
export function newInstance(
  core: DetectorCore,
  service: InstanceRecord['service'],
  instanceId: string,
  nowMs: number,
): InstanceRecord {
  service.states.unknown++;
  return {
    service,
    instanceId,
    clock: new SenderClock(core.settings),
    incarnation: '',
    epoch: undefined,
    replaced: [],
    candidate: undefined,
    window: SequenceWindow.startingAt(0),
    lastSentMs: nowMs,
    receivedAtMs: nowMs,
    sampledSentMs: Number.NEGATIVE_INFINITY,
    startedAtMs: nowMs,
    intervalMs: core.settings.intervalMs,
    phase: 'up',
    version: '',
    zone: '',
    state: 'unknown',
    sinceMs: nowMs,
    crossed: false,
    queued: false,
    podReady: undefined,
    podDeletedAtMs: undefined,
  };
}

function proceed(
  core: DetectorCore,
  instance: InstanceRecord,
  beat: ObservedHeartbeat,
  nowMs: number,
): Reception {
  const place = instance.window.classify(beat.seq);
  if (place === 'new' && instance.state !== 'left') {
    countGap(instance, beat, nowMs);
    return accept(core, instance, beat, nowMs);
  }
  if (place !== 'late') return { result: place === 'new' ? 'stale' : place, transitMs: undefined };
  instance.window.mark(beat.seq);
  const transitMs = instance.clock.transitMs(readingOf(beat, nowMs));
  observeDelivery(core, instance, { sentMs: nowMs - (transitMs ?? 0), transitMs, atMs: nowMs });
  return { result: 'late', transitMs };
}

function countGap(instance: InstanceRecord, beat: ObservedHeartbeat, nowMs: number): void {
  const firstSeq = instance.window.highest + 1;
  const count = beat.seq - firstSeq;
  if (count <= 0) return;
  const { window, receivedAtMs } = instance;
  instance.service.gaps.add({ window, firstSeq, count, fromMs: receivedAtMs, toMs: nowMs });
}

function replace(
  core: DetectorCore,
  instance: InstanceRecord,
  beat: ObservedHeartbeat,
  nowMs: number,
): Reception {
  if (instance.incarnation === '') {
    beginIncarnation(instance, beat);
    return accept(core, instance, beat, nowMs);
  }
  if (!mayReplace(core, instance, beat, nowMs)) return { result: 'stale', transitMs: undefined };
  const replacedIncarnation = instance.incarnation;
  instance.replaced = [replacedIncarnation, ...instance.replaced].slice(0, rememberedIncarnations);
  beginIncarnation(instance, beat);
  instance.service.restarts++;
  core.facts.push({ kind: 'restart', ...identityOf(instance), replacedIncarnation, atMs: nowMs });
  return accept(core, instance, beat, nowMs);
}

function mayReplace(
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

function beginIncarnation(instance: InstanceRecord, beat: ObservedHeartbeat): void {
  instance.incarnation = beat.incarnation;
  instance.epoch = beat.epoch;
  instance.candidate = undefined;
  instance.window = SequenceWindow.startingAt(beat.seq);
  instance.clock.beginIncarnation();
  instance.podDeletedAtMs = undefined;
  instance.startedAtMs = Number.NaN;
}

function accept(
  core: DetectorCore,
  instance: InstanceRecord,
  beat: ObservedHeartbeat,
  nowMs: number,
): Reception {
  const transitMs = instance.clock.learn(readingOf(beat, nowMs), core.channel.proven);
  const sentMs = nowMs - (transitMs ?? 0);
  observeDelivery(core, instance, { sentMs, transitMs, atMs: nowMs });
  instance.window.mark(beat.seq);
  instance.lastSentMs = Math.max(instance.lastSentMs, sentMs);
  instance.receivedAtMs = nowMs;
  if (Number.isNaN(instance.startedAtMs)) instance.startedAtMs = sentMs - beat.uptimeMs;
  instance.intervalMs = boundedInterval(core, beat.intervalMs);
  instance.version = beat.version ?? '';
  instance.zone = beat.zone ?? '';
  instance.service.intervalMs = instance.intervalMs;
  instance.service.loss.countSeen();
  reviveBy(core, instance, { phase: beat.state, nowMs });
  return { result: 'accepted', transitMs };
}

/** One sample per half interval of send time: 10,000 beats a second of one sender weigh no more than two. */
function observeDelivery(
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

function readingOf(beat: ObservedHeartbeat, receivedAtMs: number): ClockReading {
  return { sentAtMs: beat.sentAtMs, uptimeMs: beat.uptimeMs, receivedAtMs };
}
