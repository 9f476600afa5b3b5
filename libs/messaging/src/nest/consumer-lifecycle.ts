import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { QueueConsumer } from '../core/consume/queue-consumer';
import type { ConsumerSettings } from './consumer-settings';

/** Longer than a handler usually takes, shorter than the 30 s Kubernetes gives a pod. */
const DRAIN_TIMEOUT_MS = 25_000;

/** Starts polling when the whole application is ready, and makes `app.close()` wait for running handlers. */
export class ConsumerLifecycle implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly consumer: QueueConsumer,
    private readonly settings: Pick<ConsumerSettings, 'startPaused' | 'drainTimeoutMs'>,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.startPaused) this.consumer.resume();
  }

  async onModuleDestroy(): Promise<void> {
    await this.consumer.drain({ timeoutMs: this.settings.drainTimeoutMs ?? DRAIN_TIMEOUT_MS });
  }
}
