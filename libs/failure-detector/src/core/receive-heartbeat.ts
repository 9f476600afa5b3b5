import { acceptHeartbeat, observeDelivery, readingOf } from './accept-heartbeat';
import { identityOf } from './change-state';
import type { DetectorCore } from './detector-core';
import { mayReplace } from './may-replace';
import { newInstance } from './new-instance';
import type { HeartbeatResult, ObservedHeartbeat } from './observed-heartbeat';
import { type InstanceRecord, rememberedIncarnations } from './peer-records';
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

function beginIncarnation(instance: InstanceRecord, beat: ObservedHeartbeat): void {
  instance.incarnation = beat.incarnation;
  instance.epoch = beat.epoch;
  instance.candidate = undefined;
  instance.window = SequenceWindow.startingAt(beat.seq);
  instance.clock.beginIncarnation();
  instance.podEnd = undefined;
  instance.startedAtMs = Number.NaN;
}

function accept(
  core: DetectorCore,
  instance: InstanceRecord,
  beat: ObservedHeartbeat,
  nowMs: number,
): Reception {
  return { result: 'accepted', transitMs: acceptHeartbeat(core, instance, beat, nowMs) };
}
