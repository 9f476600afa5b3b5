import type { Detector, Fact, InstanceView } from '@latido/failure-detector';
import type { Series } from '@latido/observability/prometheus';
import type { MonitorListener, Reception } from '../liveness/monitor';
import type { ClockSkews } from './clock-skews';
import type { MonitorMetrics } from './monitor-metrics';

/** The series of one instance; undefined where there was no place, which is tried again with the next beat. */
interface InstanceSeries {
  lastSent: Series | undefined;
  started: Series | undefined;
  info: Series | undefined;
  version: string;
  zone: string;
}

/**
 * The families with a series an instance. Their digits are patched when a heartbeat arrives, so that a
 * scrape of 100,000 instances has nothing to look up.
 *
 * Who left is gone; who was never heard has nothing to tell yet.
 */
export class InstanceMetrics implements MonitorListener {
  private readonly services = new Map<string, Map<string, InstanceSeries>>();

  /** Starts with all that the detector knows. */
  constructor(
    private readonly metrics: MonitorMetrics,
    private readonly detector: Pick<Detector, 'instance' | 'instances'>,
    private readonly skews: Pick<ClockSkews, 'observe'>,
  ) {
    for (const instance of detector.instances()) this.follow(instance);
  }

  received(reception: Reception): void {
    if (reception.kind === 'heartbeat' && reception.result === 'accepted') this.refresh(reception);
  }

  found(facts: readonly Fact[]): void {
    for (const fact of facts) if (fact.kind === 'transition' || fact.kind === 'burial') this.refresh(fact);
  }

  private refresh(who: Pick<InstanceView, 'service' | 'instanceId'>): void {
    const instance = this.detector.instance(who.service, who.instanceId);
    if (instance === undefined) this.remove(who);
    else this.follow(instance);
  }

  private follow(instance: InstanceView): void {
    const { state } = instance;
    if (state === 'left' || state === 'unknown') this.remove(instance);
    else this.show(this.seriesOf(instance), instance);
  }

  private show(series: InstanceSeries, instance: InstanceView): void {
    const { service, instanceId: instance_id, version, zone } = instance;
    const { metrics } = this;
    const { clockSkewMs: skewMs, lastSentMs: atMs, intervalMs } = instance;
    this.skews.observe(service, { skewMs, atMs, intervalMs });
    const labels = { service, instance_id };
    const [lastSent, started] = [atMs / 1_000, instance.startedAtMs / 1_000];
    series.lastSent ??= metrics.interop_heartbeat_last_sent_timestamp_seconds.series(labels, lastSent);
    series.lastSent?.set(lastSent);
    if (Number.isFinite(started)) {
      series.started ??= metrics.interop_instance_start_timestamp_seconds.series(labels, started);
      series.started?.set(started);
    }
    if (series.version !== version || series.zone !== zone) {
      series.info?.remove();
      Object.assign(series, { info: undefined, version, zone });
    }
    series.info ??= metrics.interop_instance_info.series({ ...labels, version, zone }, 1);
  }

  private seriesOf({ service, instanceId, version, zone }: InstanceView): InstanceSeries {
    const instances = this.services.get(service) ?? new Map<string, InstanceSeries>();
    this.services.set(service, instances);
    const known = instances.get(instanceId);
    if (known) return known;
    const made = { lastSent: undefined, started: undefined, info: undefined, version, zone };
    instances.set(instanceId, made);
    return made;
  }

  private remove({ service, instanceId }: Pick<InstanceView, 'service' | 'instanceId'>): void {
    const instances = this.services.get(service);
    const series = instances?.get(instanceId);
    if (!instances || !series) return;
    for (const each of [series.lastSent, series.started, series.info]) each?.remove();
    instances.delete(instanceId);
    if (instances.size === 0) this.services.delete(service);
  }
}
