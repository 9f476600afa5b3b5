import type { EdgeBook } from '@latido/edge-accounting';
import type { Detector } from '@latido/failure-detector';
import type { LamportClock } from '@latido/lamport-clock';
import type { Exposition } from '@latido/observability/prometheus';
import { downstreams } from '@latido/topology';
import type { MaintenanceMark } from '../boards/maintenance';
import { ClockSkews } from './clock-skews';
import type { ContractBook } from '../contracts/contract-book';
import { ContractMetrics } from './contract-metrics';
import { EdgeMetrics } from './edge-metrics';
import { EventMetrics } from './event-metrics';
import { InstanceMetrics } from './instance-metrics';
import { MaintenanceMetrics } from './maintenance-metrics';
import type { MonitorListener } from '../liveness/monitor';
import { monitorMetrics } from './monitor-metrics';
import { StateMetrics } from './state-metrics';

/** Exports everything the monitor measures. @returns the listeners that count and show what happens. */
export function exportMetrics(source: {
  readonly exposition: Exposition;
  readonly detector: Detector;
  readonly book: Pick<EdgeBook, 'takeChanged'>;
  readonly contracts: ContractBook;
  readonly clock: Pick<LamportClock, 'time'>;
  readonly queue: string;
  /** The maintenance marks that hold now. */
  readonly marks: () => readonly MaintenanceMark[];
}): readonly MonitorListener[] {
  const { exposition, detector, book, contracts, clock, queue, marks } = source;
  const metrics = monitorMetrics(exposition);
  for (const { causeService: cause_service, service } of downstreams())
    metrics.interop_service_downstream_info.set({ cause_service, service }, 1);
  const service = 'heartbeat-monitor';
  metrics.interop_lamport_clamped_total.startAtZero({ service });
  const skews = new ClockSkews();
  const instances = new InstanceMetrics(metrics, detector, skews);
  const state = new StateMetrics(metrics, detector, skews, queue);
  const edges = new EdgeMetrics(metrics, book);
  const agreements = new ContractMetrics(metrics, contracts);
  const events = new EventMetrics(metrics, queue);
  const maintenance = new MaintenanceMetrics(metrics, marks);
  exposition.beforeEach(() => {
    for (const known of detector.services()) events.meet(known.service);
    state.collect();
    edges.collect();
    agreements.collect();
    maintenance.collect();
    metrics.interop_lamport_clock.set({ service }, clock.time);
  });
  return [events, instances, edges];
}
