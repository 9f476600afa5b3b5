import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { LamportClock } from '@latido/lamport-clock';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import { type Log, ReadinessChecks } from '@latido/observability';
import { Exposition } from '@latido/observability/prometheus';
import { DependencyWatches, LOG, Repeating } from '@latido/service-host/nest';
import { SERVICE } from '../commands/build-event';
import { INFRASTRUCTURE, type Infrastructure, type WatchedQueue } from '../infrastructure/infrastructure';
import { takePendingCensus } from './pending-census';
import { METRICS, type ServiceMetrics, WORKFLOW } from './service-metrics';

/** As often as Prometheus usually asks. */
const COUNT_EVERY_MS = 15_000;

/** Looks at what no event of the process itself would tell: dependencies, queue depths, what is pending, the clock. */
@Injectable()
export class Observers implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly watches: DependencyWatches;
  private readonly counting: Repeating;
  private clampedSeen = 0;

  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(METRICS) private readonly metrics: ServiceMetrics,
    @Inject(LAMPORT_CLOCK) private readonly clock: LamportClock,
    @Inject(LOG) log: Log,
    @Inject(ReadinessChecks) readiness: ReadinessChecks,
    @Inject(Exposition) exposition: Exposition,
  ) {
    this.watches = new DependencyWatches({ dependencies: infrastructure.dependencies, readiness, log });
    this.counting = new Repeating({
      everyMs: COUNT_EVERY_MS,
      task: async () => this.count(),
      onError: (err) =>
        log.warn({ event: 'count_failed', err }, 'pending events or queues could not be counted'),
    });
    exposition.beforeEach(() => this.readClock());
  }

  async onApplicationBootstrap(): Promise<void> {
    this.counting.start();
    await this.watches.start();
  }

  /** Waits for nothing: a probe of what is away must not hold up the stop. */
  onModuleDestroy(): void {
    void this.watches.stop();
    void this.counting.stop();
  }

  private readClock(): void {
    const { interop_lamport_clock: time, interop_lamport_clamped_total: clamped } = this.metrics;
    time.set({ service: SERVICE }, this.clock.time);
    clamped.inc({ service: SERVICE }, this.clock.clampedTotal - this.clampedSeen);
    this.clampedSeen = this.clock.clampedTotal;
  }

  private async count(): Promise<void> {
    await Promise.all([
      this.countPending(),
      ...this.infrastructure.queues.map(async (queue) => this.measure(queue)),
    ]);
  }

  private async countPending(): Promise<void> {
    const { count, oldestSinceMs } = await takePendingCensus(this.infrastructure.outbox, SERVICE);
    const { interop_events_pending: pending, interop_event_oldest_pending_timestamp_seconds: oldest } =
      this.metrics;
    pending.set(WORKFLOW, count);
    // No series while nothing waits: a time of 0 would look like the oldest event of all.
    if (oldestSinceMs === undefined) oldest.remove(WORKFLOW);
    else oldest.set(WORKFLOW, oldestSinceMs / 1_000);
  }

  private async measure({ queue, isDeadLetterQueue, depth }: WatchedQueue): Promise<void> {
    const { interop_queue_messages: messages, interop_dlq_messages: deadLetters } = this.metrics;
    const gauge = isDeadLetterQueue ? deadLetters : messages;
    const { visible, inFlight, delayed } = await depth();
    gauge.set({ queue, state: 'visible' }, visible);
    gauge.set({ queue, state: 'in_flight' }, inFlight);
    gauge.set({ queue, state: 'delayed' }, delayed);
  }
}
