import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { LamportClock } from '@latido/lamport-clock';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import type { QueueDepth } from '@latido/messaging/aws';
import { Exposition } from '@latido/observability/prometheus';
import { Repeating } from '@latido/service-host/nest';
import { EVENTS_QUEUE, type LookAtQueues, QUEUES } from '../infrastructure/infrastructure';
import { METRICS, type ServiceBMetrics } from './metrics';

/** Once a scrape: depths are approximate, and each look is two requests. */
const LOOK_EVERY_MS = 15_000;

/** Keeps the gauges that are read off something: the clock at each scrape, the queues every 15 s. */
@Injectable()
export class Gauges implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly looking: Repeating;

  constructor(
    @Inject(METRICS) private readonly metrics: ServiceBMetrics,
    @Inject(LAMPORT_CLOCK) clock: LamportClock,
    @Inject(QUEUES) private readonly lookAtQueues: LookAtQueues,
    @Inject(Exposition) exposition: Exposition,
  ) {
    exposition.beforeEach(() => metrics.interop_lamport_clock.set({ service: 'service-b' }, clock.time));
    this.looking = new Repeating({
      everyMs: LOOK_EVERY_MS,
      task: () => this.look(),
      // Readiness says what is away; a gauge that keeps its value says nothing wrong for long.
      onError: () => undefined,
    });
  }

  onApplicationBootstrap(): void {
    this.looking.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.looking.stop();
  }

  private async look(): Promise<void> {
    const { events, deadLetters } = await this.lookAtQueues();
    show(this.metrics.interop_queue_messages, EVENTS_QUEUE, events);
    // By the name of the queue that its dead letters come from, as everywhere.
    show(this.metrics.interop_dlq_messages, EVENTS_QUEUE, deadLetters);
  }
}

function show(
  gauge: ServiceBMetrics['interop_queue_messages'] | ServiceBMetrics['interop_dlq_messages'],
  queue: string,
  { visible, inFlight, delayed }: QueueDepth,
): void {
  gauge.set({ queue, state: 'visible' }, visible);
  gauge.set({ queue, state: 'in_flight' }, inFlight);
  gauge.set({ queue, state: 'delayed' }, delayed);
}
