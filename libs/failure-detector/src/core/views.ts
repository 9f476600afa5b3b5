import type { DetectorCore } from './detector-core';
import type { InstanceRecord, PodPhase, ServiceRecord } from './peer-records';
import type { InstanceState, ReportedState } from './instance-state';
import type { HeartbeatResult } from './observed-heartbeat';

/** One service at this instant, with its totals since the detector was made. */
export interface ServiceSummary {
  readonly service: string;
  /** Instances by state, where `up` is split into up, starting and draining. */
  readonly instances: Readonly<Record<ReportedState, number>>;
  /** Not declared dead and not gone: up, starting, draining, late and suspect. */
  readonly alive: number;
  readonly expected: number;
  /** The interval its last heartbeat announced. */
  readonly intervalMs: number;
  /** k */
  readonly missedBeats: number;
  readonly loss: number;
  readonly totals: ServiceTotals;
}

interface ServiceTotals {
  readonly heartbeats: Readonly<Record<HeartbeatResult, number>>;
  readonly missingBeats: number;
  readonly restarts: number;
  readonly burials: number;
}

/** One instance at this instant. All times are epoch milliseconds of our clock. */
export interface InstanceView {
  readonly service: string;
  readonly instanceId: string;
  readonly incarnation: string;
  readonly state: InstanceState;
  readonly reportedState: ReportedState;
  readonly sinceMs: number;
  readonly startedAtMs: number;
  readonly lastSentMs: number;
  readonly lastSeq: number;
  readonly intervalMs: number;
  /** Our clock minus the sender's wall clock; the least transit is included. */
  readonly clockSkewMs: number;
  readonly version: string;
  readonly zone: string;
  /** What the second witness last said of its pod; undefined without one. */
  readonly pod: PodPhase | 'exited' | 'deleted' | undefined;
}

export function summaryOf(service: ServiceRecord): ServiceSummary {
  return {
    service: service.name,
    instances: { ...service.states },
    alive: service.alive,
    expected: service.expectedCount,
    intervalMs: service.intervalMs,
    missedBeats: service.missedBeats.value,
    loss: service.loss.loss,
    totals: {
      heartbeats: { ...service.results },
      missingBeats: service.missing,
      restarts: service.restarts,
      burials: service.burials,
    },
  };
}

export function viewOf(instance: InstanceRecord, reportedState: ReportedState, nowMs: number): InstanceView {
  return {
    service: instance.service.name,
    instanceId: instance.instanceId,
    incarnation: instance.incarnation,
    state: instance.state,
    reportedState,
    sinceMs: instance.sinceMs,
    startedAtMs: instance.startedAtMs,
    lastSentMs: instance.lastSentMs,
    lastSeq: instance.window.highest,
    intervalMs: instance.intervalMs,
    clockSkewMs: instance.clock.skewMs(nowMs),
    version: instance.version,
    zone: instance.zone,
    pod: instance.podEnd === undefined ? instance.podPhase : podEnds[instance.podEnd.reason],
  };
}

const podEnds = { pod_deleted: 'deleted', pod_exited: 'exited' } as const;

/** The instances of one service, or of all. */
export function* recordsOf(core: DetectorCore, service?: string): Generator<InstanceRecord> {
  if (service !== undefined) {
    yield* core.table.services.get(service)?.instances.values() ?? [];
    return;
  }
  for (const each of core.table.services.values()) yield* each.instances.values();
}
