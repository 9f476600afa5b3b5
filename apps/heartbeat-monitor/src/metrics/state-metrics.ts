import type { BlindReason, Detector, InstanceView, ServiceSummary } from '@latido/failure-detector';
import { LiveGauge } from './live-gauge';
import type { MonitorMetrics } from './monitor-metrics';
import { TotalCounter } from './total-counter';

/** Reads the detector for each scrape: a gauge that is set when something happens freezes when nothing does. */
export class StateMetrics {
  private readonly lastSent;
  private readonly info;
  private readonly started;
  private readonly instances;
  private readonly expected;
  private readonly interval;
  private readonly skew;
  private readonly missedBeats;
  private readonly restarts;
  private readonly gaps;
  private readonly blindSeconds;
  private readonly canariesLost;

  constructor(
    private readonly metrics: MonitorMetrics,
    private readonly detector: Detector,
    private readonly queue: string,
  ) {
    this.lastSent = new LiveGauge(metrics.interop_heartbeat_last_sent_timestamp_seconds);
    this.info = new LiveGauge(metrics.interop_instance_info);
    this.started = new LiveGauge(metrics.interop_instance_start_timestamp_seconds);
    this.instances = new LiveGauge(metrics.interop_service_instances);
    this.expected = new LiveGauge(metrics.interop_service_expected_instances);
    this.interval = new LiveGauge(metrics.interop_heartbeat_interval_seconds);
    this.skew = new LiveGauge(metrics.interop_clock_skew_seconds);
    this.missedBeats = new LiveGauge(metrics.interop_detector_missed_beats_threshold);
    this.restarts = new TotalCounter(metrics.interop_instance_restarts_total);
    this.gaps = new TotalCounter(metrics.interop_heartbeat_gap_missing_total);
    this.blindSeconds = new TotalCounter(metrics.interop_monitor_blind_seconds_total);
    this.canariesLost = new TotalCounter(metrics.interop_canary_lost_total);
  }

  /** Brings every series up to date; call it before each page. */
  collect(): void {
    this.collectChannel();
    for (const service of this.detector.services()) this.collectService(service);
    for (const followed of [
      this.lastSent,
      this.info,
      this.started,
      this.instances,
      this.expected,
      this.interval,
      this.skew,
      this.missedBeats,
      this.restarts,
      this.gaps,
    ])
      followed.forgetUnseen();
  }

  private collectChannel(): void {
    const { metrics, queue } = this;
    const { reasons, blindMsByReason, watermarkMs, canariesLost } = this.detector.channel();
    metrics.interop_mass_silence.set({}, this.detector.massSilence ? 1 : 0);
    metrics.interop_channel_watermark_timestamp_seconds.set({ queue }, watermarkMs / 1_000);
    this.canariesLost.set({ queue }, canariesLost);
    for (const [name, blindMs] of Object.entries(blindMsByReason)) {
      const reason = name as BlindReason;
      metrics.interop_monitor_blind.set({ reason }, reasons.includes(reason) ? 1 : 0);
      this.blindSeconds.set({ reason }, blindMs / 1_000);
    }
  }

  private collectService(summary: ServiceSummary): void {
    const { service } = summary;
    for (const [state, count] of Object.entries(summary.instances))
      this.instances.set({ service, state: state as keyof ServiceSummary['instances'] }, count);
    this.expected.set({ service }, summary.expected);
    this.interval.set({ service }, summary.intervalMs / 1_000);
    this.missedBeats.set({ service }, summary.missedBeats);
    this.restarts.set({ service }, summary.totals.restarts);
    this.gaps.set({ service }, summary.totals.missingBeats);
    let skewMs = 0;
    for (const instance of this.detector.instances(service)) {
      this.collectInstance(instance);
      if (Math.abs(instance.clockSkewMs) > Math.abs(skewMs)) skewMs = instance.clockSkewMs;
    }
    this.skew.set({ service }, skewMs / 1_000);
  }

  /** Who left is gone; who was never heard has nothing to tell yet. */
  private collectInstance(instance: InstanceView): void {
    const { service, instanceId: instance_id, state, version, zone } = instance;
    if (state === 'left' || state === 'unknown') return;
    this.lastSent.set({ service, instance_id }, instance.lastSentMs / 1_000);
    this.info.set({ service, instance_id, version, zone }, 1);
    if (Number.isFinite(instance.startedAtMs))
      this.started.set({ service, instance_id }, instance.startedAtMs / 1_000);
  }
}
