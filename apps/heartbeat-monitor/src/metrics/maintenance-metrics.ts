import type { MaintenanceMark } from '../boards/maintenance';
import { LiveGauge } from './live-gauge';
import type { MonitorMetrics } from './monitor-metrics';

/**
 * Until when services are marked as being worked on. A mark that is over or was taken off has no series, so an alert
 * that asks `unless on (service) interop_service_maintenance_until_timestamp_seconds` needs no arithmetic with time.
 */
export class MaintenanceMetrics {
  private readonly until;

  /** @param marks - those that hold now, of every replica. */
  constructor(
    metrics: MonitorMetrics,
    private readonly marks: () => readonly MaintenanceMark[],
  ) {
    this.until = new LiveGauge(metrics.interop_service_maintenance_until_timestamp_seconds);
  }

  /** Brings every series up to date; call it before each page. */
  collect(): void {
    for (const { service, untilMs } of this.marks()) this.until.set({ service }, untilMs / 1_000);
    this.until.forgetUnseen();
  }
}
