import { identityOf } from './change-state';
import type { DetectorCore } from './detector-core';
import type { Burial } from './fact';
import type { InstanceRecord, ServiceRecord } from './peer-records';

/** What has time: once per T, for every service, measures loss and lays the ended to rest. */
export function keepHouse(core: DetectorCore, nowMs: number): void {
  for (const service of core.table.services.values()) {
    service.recount(nowMs);
    measureLoss(core, service, nowMs);
    for (const instance of service.ended) layToRest(core, instance, nowMs);
    forgetIfEmpty(core, service, nowMs);
  }
}

function measureLoss(core: DetectorCore, service: ServiceRecord, nowMs: number): void {
  const lost = service.gaps.ripen(nowMs, core.channel.lastBlindMs);
  service.missing += lost;
  service.loss.countMissing(lost);
  const { loss } = service.loss;
  if (!service.missedBeats.update(loss, nowMs)) return;
  const missedBeats = service.missedBeats.value;
  core.facts.push({ kind: 'threshold', service: service.name, missedBeats, loss, atMs: nowMs });
}

/**
 * Down is exported until as many are alive as expected for 30 T, counted from its death at the
 * earliest, or for 8,640 T: a series that vanishes sooner would silently resolve its alert.
 */
function layToRest(core: DetectorCore, instance: InstanceRecord, nowMs: number): void {
  const { settings } = core;
  const { service, sinceMs, state } = instance;
  const endedForMs = nowMs - sinceMs;
  if (state === 'left') {
    if (endedForMs > settings.forgetLeftMs) remove(core, instance);
    return;
  }
  const fulfilledForMs = service.fulfilledSinceMs === undefined ? 0 : nowMs - service.fulfilledSinceMs;
  if (Math.min(endedForMs, fulfilledForMs) >= settings.buryAfterMs) bury(core, instance, 'fulfilled', nowMs);
  else if (endedForMs >= settings.forgetDownMs) bury(core, instance, 'expired', nowMs);
}

function bury(core: DetectorCore, instance: InstanceRecord, reason: Burial['reason'], nowMs: number): void {
  remove(core, instance);
  instance.service.burials++;
  core.facts.push({ kind: 'burial', ...identityOf(instance), reason, atMs: nowMs });
}

function remove(core: DetectorCore, instance: InstanceRecord): void {
  instance.service.states[instance.state === 'left' ? 'left' : 'down']--;
  core.table.remove(instance);
}

/** A service of which nothing is left for 8,640 T makes room for others, unless it was declared. */
function forgetIfEmpty(core: DetectorCore, service: ServiceRecord, nowMs: number): void {
  if (service.instances.size > 0 || service.expected.isDeclared) service.emptySinceMs = undefined;
  else service.emptySinceMs ??= nowMs;
  if (service.emptySinceMs === undefined) return;
  if (nowMs - service.emptySinceMs > core.settings.forgetDownMs) core.table.services.delete(service.name);
}
