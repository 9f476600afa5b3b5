/** A page of metrics and the labels that Prometheus adds to it, as the chart's PodMonitor does. */
export interface ScrapeTarget {
  /** `host:port` of a page at /metrics. */
  readonly address: string;
  readonly labels: TargetLabels;
}

/** `service` is never among them: our own label of that name would become `exported_service`. */
interface TargetLabels {
  readonly namespace: string;
  readonly release: string;
  /** service-a, service-b or heartbeat-monitor. */
  readonly app: string;
  readonly pod: string;
}

/** The job of every process of Latido. */
export const JOB = 'latido';

/** Targets in the form of Prometheus' file-based service discovery. */
export function discoveryFile(targets: readonly ScrapeTarget[]): string {
  return JSON.stringify(targets.map(({ address, labels }) => ({ targets: [address], labels })));
}
