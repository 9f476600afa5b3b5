import type { InstanceView, ServiceSummary } from '@latido/failure-detector';
import type { MaintenanceMark } from '../boards/maintenance';
import { serviceVerdict } from '../liveness/service-verdict';

/** A service as the API shows it. */
export function serviceView(summary: ServiceSummary, mark: MaintenanceMark | undefined) {
  const { service, alive, expected, intervalMs, missedBeats, loss, totals } = summary;
  return {
    service,
    verdict: serviceVerdict(summary),
    alive,
    expected,
    instances: Object.fromEntries(Object.entries(summary.instances).filter(([, count]) => count > 0)),
    detection: { intervalMs, missedBeats, downAfterMs: (missedBeats + 0.5) * intervalMs, loss },
    totals,
    maintenance: mark === undefined ? null : maintenanceView(mark),
  };
}

/** A maintenance mark as the API shows it. */
export function maintenanceView({ untilMs, reason, by, setAtMs }: MaintenanceMark) {
  return {
    until: new Date(untilMs).toISOString(),
    reason,
    by,
    since: new Date(setAtMs).toISOString(),
  };
}

/** An instance as the API shows it. */
export function instanceView(instance: InstanceView, watermarkMs: number) {
  const { service, instanceId, incarnation, reportedState, version, zone, pod } = instance;
  return {
    service,
    instanceId,
    incarnation,
    state: reportedState,
    since: isoOrNull(instance.sinceMs),
    startedAt: isoOrNull(instance.startedAtMs),
    lastSentAt: isoOrNull(instance.lastSentMs),
    silentMs: Math.max(0, Math.round(watermarkMs - instance.lastSentMs)),
    lastSeq: instance.lastSeq,
    intervalMs: instance.intervalMs,
    clockSkewMs: Math.round(instance.clockSkewMs),
    version,
    zone,
    pod: pod ?? null,
  };
}

/** A restored instance may not know when it started. */
function isoOrNull(epochMs: number): string | null {
  return Number.isFinite(epochMs) ? new Date(epochMs).toISOString() : null;
}
