import type { DetectorCore } from './detector-core';
import type { InstanceRecord } from './peer-records';
import { SenderClock } from './sender-clock';
import { SequenceWindow } from './sequence-window';

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
    podPhase: undefined,
    podEnd: undefined,
  };
}
