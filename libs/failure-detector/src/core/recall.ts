import { changeState } from './change-state';
import type { DetectorCore } from './detector-core';
import { type InstanceRecord, rememberedIncarnations } from './peer-records';
import type { InstanceState } from './instance-state';
import { newInstance } from './new-instance';
import { enqueue } from './revive';
import { SequenceWindow } from './sequence-window';

/** A state that was written down after the snapshot was taken. */
export interface WrittenState {
  readonly service: string;
  readonly instanceId: string;
  readonly incarnation: string;
  readonly state: InstanceState | 'buried';
  readonly atMs: number;
}

/**
 * Brings one instance to the state that was written down last, so that what happened between the last
 * snapshot and a crash is not forgotten: one that said goodbye must stay left.
 *
 * Older than what is known, or of an incarnation that was replaced since: ignored. No fact follows, it
 * was told before.
 */
export function recall(core: DetectorCore, written: WrittenState): void {
  const instance = core.table.find(written.service, written.instanceId);
  if (instance !== undefined && written.atMs < instance.sinceMs) return;
  if (written.state === 'buried') {
    if (instance?.incarnation === written.incarnation && instance.state === 'down')
      removeBuried(core, instance);
    return;
  }
  const recalled = instance ?? introduce(core, written);
  if (recalled === undefined) return;
  resume(recalled, written.incarnation);
  const told = core.facts.length;
  changeState(core, recalled, { to: written.state, reason: 'silence', atMs: written.atMs });
  core.facts.length = told;
  if (written.state === 'mute') core.unvouched.add(recalled);
  enqueue(core, recalled);
}

function removeBuried(core: DetectorCore, instance: InstanceRecord): void {
  instance.service.states.down--;
  core.table.remove(instance);
}

function introduce(core: DetectorCore, written: WrittenState): InstanceRecord | undefined {
  const service = core.table.service(written.service);
  if (service === undefined || !core.table.hasRoomFor(service)) return undefined;
  const instance = newInstance(core, service, written.instanceId, written.atMs);
  core.table.add(instance);
  return instance;
}

function resume(instance: InstanceRecord, incarnation: string): void {
  if (instance.incarnation === incarnation) return;
  if (instance.incarnation !== '') {
    instance.replaced = [instance.incarnation, ...instance.replaced].slice(0, rememberedIncarnations);
  }
  instance.incarnation = incarnation;
  instance.window = SequenceWindow.startingAt(0);
  instance.clock.beginIncarnation();
}
