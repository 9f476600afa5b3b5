import type { Fact } from '@latido/failure-detector';
import type { MonitorListener, Reception } from '../liveness/monitor';
import type { MonitorMetrics } from './monitor-metrics';

/** What the service of a message is called that cannot be read. */
const UNKNOWN_SERVICE = '_unknown';

/** Transitions that alerts count: exposed at 0 as soon as a service is known. */
const WATCHED_TRANSITIONS = [
  { to: 'suspect', reason: 'silence' },
  { to: 'down', reason: 'silence' },
  { to: 'left', reason: 'goodbye' },
  { to: 'up', reason: 'heartbeat' },
] as const;

/** Counts what happens, when it happens. What can be read off the detector is read at each scrape instead. */
export class EventMetrics implements MonitorListener {
  private readonly services = new Set<string>();

  constructor(
    private readonly metrics: MonitorMetrics,
    private readonly queue: string,
  ) {
    for (const result of ['malformed', 'too_large', 'unknown_type', 'overflow']) {
      metrics.interop_heartbeats_received_total.startAtZero({ service: UNKNOWN_SERVICE, result });
    }
    metrics.interop_canary_round_trip_seconds.startAtZero({ queue });
    for (const { reason } of WATCHED_TRANSITIONS)
      if (reason !== 'heartbeat') metrics.interop_detection_dwell_seconds.startAtZero({ reason });
  }

  received(reception: Reception): void {
    const { interop_heartbeats_received_total: heartbeats, interop_canary_round_trip_seconds: canaries } =
      this.metrics;
    switch (reception.kind) {
      case 'refused':
        heartbeats.inc({ service: UNKNOWN_SERVICE, result: reception.reason });
        return;
      case 'canary':
        if (reception.roundTripMs !== undefined)
          canaries.observe({ queue: this.queue }, reception.roundTripMs / 1_000);
        return;
      case 'heartbeat':
      default:
        this.countHeartbeat(reception);
    }
  }

  found(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.kind !== 'transition') continue;
      const { service, to, reason, silentMs } = fact;
      this.metrics.interop_instance_transitions_total.inc({ service, to, reason });
      if (to === 'down' || to === 'mute' || to === 'left')
        this.metrics.interop_detection_dwell_seconds.observe({ reason }, silentMs / 1_000);
    }
  }

  /** Exposes the counters of a service at 0, also of one that is known from before and says nothing. */
  meet(service: string): void {
    if (this.services.has(service)) return;
    this.services.add(service);
    for (const result of ['accepted', 'duplicate', 'late', 'stale'])
      this.metrics.interop_heartbeats_received_total.startAtZero({ service, result });
    for (const transition of WATCHED_TRANSITIONS)
      this.metrics.interop_instance_transitions_total.inc({ service, ...transition }, 0);
  }

  /** One that the detector has no room for is counted without its name: the name would be the bound broken. */
  private countHeartbeat({ service, result, transitMs }: Extract<Reception, { kind: 'heartbeat' }>): void {
    if (result === 'overflow') {
      this.metrics.interop_heartbeats_received_total.inc({ service: UNKNOWN_SERVICE, result });
      return;
    }
    this.meet(service);
    this.metrics.interop_heartbeats_received_total.inc({ service, result });
    if (transitMs !== undefined)
      this.metrics.interop_heartbeat_transit_seconds.observe({}, transitMs / 1_000);
  }
}
