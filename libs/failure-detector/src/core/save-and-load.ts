import type { DetectorCore } from './detector-core';
import { UnknownSnapshotError } from './errors';
import { type InstanceRecord, ServiceRecord } from './peer-records';
import { reportedState } from './instance-state';
import { newInstance } from './new-instance';
import { enqueue } from './revive';
import { SenderClock } from './sender-clock';
import { SequenceWindow } from './sequence-window';
import { type DetectorSnapshot, type InstanceSnapshot, snapshotFormat, type SnapshotPiece } from './snapshot';

/** Instances of one piece: written in about 2 ms, which no scrape or heartbeat notices. */
const INSTANCES_A_PIECE = 200;

/**
 * Saves piece by piece. The detector may go on between two pieces: each instance is saved as it is when its turn comes, and
 * the time of the snapshot is that of its beginning, so whatever is read after it again is ignored or newer.
 */
export function* save(core: DetectorCore, nowMs: number): Generator<SnapshotPiece, void, undefined> {
  let pieces = 1;
  yield {
    kind: 'head',
    format: snapshotFormat,
    savedAtMs: nowMs,
    watermarkMs: core.channel.watermarkMs,
  };
  for (const service of core.table.services.values()) {
    for (const piece of saveService(service)) {
      pieces++;
      yield piece;
    }
  }
  yield { kind: 'end', pieces };
}

/** @throws {@link UnknownSnapshotError} when the snapshot has another form. */
export function assertReadable(snapshot: DetectorSnapshot): void {
  if (snapshot.format !== snapshotFormat) throw new UnknownSnapshotError(snapshot.format);
}

/** Fills an empty table. States are kept as they were: a restarted replica changes no verdict. */
export function load(core: DetectorCore, snapshot: DetectorSnapshot, nowMs: number): void {
  for (const saved of snapshot.services) {
    if (core.table.services.size >= core.settings.maxServices) return;
    const service = new ServiceRecord(saved.service, core.settings, saved);
    service.intervalMs = saved.intervalMs;
    service.expected.observe(saved.expectedPeak, nowMs);
    core.table.services.set(saved.service, service);
    for (const instance of saved.instances) loadInstance(core, service, instance, nowMs);
    service.recount(nowMs);
  }
}

function* saveService(service: ServiceRecord): Generator<SnapshotPiece, void, undefined> {
  yield {
    kind: 'service',
    service: service.name,
    missedBeats: service.missedBeats.value,
    loss: service.loss.save(),
    intervalMs: service.intervalMs,
    expectedPeak: service.expected.peak,
  };
  let instances: InstanceSnapshot[] = [];
  for (const instance of service.instances.values()) {
    if (wasHeard(instance)) instances.push(saveInstance(instance));
    if (instances.length < INSTANCES_A_PIECE) continue;
    yield { kind: 'instances', instances };
    instances = [];
  }
  if (instances.length > 0) yield { kind: 'instances', instances };
}

/** Whom only the second witness knows, it will name again. */
const wasHeard = ({ state }: InstanceRecord) => state !== 'unknown';

function saveInstance(instance: InstanceRecord): InstanceSnapshot {
  const { instanceId, incarnation, epoch, replaced, lastSentMs, receivedAtMs, startedAtMs } = instance;
  const { intervalMs, phase, version, zone, state, sinceMs } = instance;
  return {
    instanceId,
    incarnation,
    ...(epoch === undefined ? {} : { epoch }),
    replaced,
    seen: instance.window.save(),
    clock: instance.clock.save(),
    lastSentMs,
    receivedAtMs,
    startedAtMs,
    intervalMs,
    phase,
    version,
    zone,
    state,
    sinceMs,
  };
}

function loadInstance(
  core: DetectorCore,
  service: ServiceRecord,
  saved: InstanceSnapshot,
  nowMs: number,
): void {
  if (!core.table.hasRoomFor(service)) return;
  const blank = newInstance(core, service, saved.instanceId, nowMs);
  service.states.unknown--;
  const { seen, clock, epoch, ...plain } = saved;
  const instance: InstanceRecord = {
    ...blank,
    ...plain,
    epoch,
    clock: SenderClock.load(core.settings, clock),
    window: SequenceWindow.load(seen),
  };
  service.states[reportedState(instance.state, instance.phase)]++;
  if (instance.state === 'down' || instance.state === 'left') service.ended.add(instance);
  // Its pod may have gone meanwhile, and nobody names a pod that is gone.
  if (instance.state === 'mute') core.unvouched.add(instance);
  core.table.add(instance);
  enqueue(core, instance);
}
