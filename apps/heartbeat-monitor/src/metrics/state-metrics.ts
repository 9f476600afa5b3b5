import type { BlindReason, Detector, ServiceSummary } from '@latido/failure-detector';
import type { ClockSkews } from './clock-skews';
import { LiveGauge } from './live-gauge';
import type { MonitorMetrics } from './monitor-metrics';
import { TotalCounter } from './total-counter';

/** Reads channel and services off the detector for each scrape: a gauge that is set when something happens freezes when nothing does. */
export class StateMetrics {
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
    private readonly skews: Pick<ClockSkews, 'farthestMs' | 'keepOnly'>,
    private readonly queue: string,
  ) {
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
    const services = this.detector.services();
    const { watermarkMs } = this.detector.channel();
    for (const service of services) this.collectService(service, watermarkMs);
    this.skews.keepOnly(new Set(services.map(({ service }) => service)));
    for (const followed of [
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

  private collectService(summary: ServiceSummary, heardUntilMs: number): void {
    const { service } = summary;
    for (const [state, count] of Object.entries(summary.instances))
      this.instances.set({ service, state: state as keyof ServiceSummary['instances'] }, count);
    this.expected.set({ service }, summary.expected);
    this.interval.set({ service }, summary.intervalMs / 1_000);
    this.missedBeats.set({ service }, summary.missedBeats);
    this.restarts.set({ service }, summary.totals.restarts);
    this.gaps.set({ service }, summary.totals.missingBeats);
    this.skew.set({ service }, this.skews.farthestMs(service, heardUntilMs) / 1_000);
  }
}
