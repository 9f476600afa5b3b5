import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { HeartbeatSender } from '@latido/heartbeat';
import { HEARTBEAT_SENDER } from '@latido/heartbeat/nest';
import type { QueueConsumer } from '@latido/messaging';
import { queueConsumerToken } from '@latido/messaging/nest';
import { StopSequence } from '@latido/service-host';
import { serviceOf, topology } from '@latido/topology';
import { RelayTimer } from '@latido/write-ahead-log/nest';
import { DemoTraffic } from './demo/demo-traffic';
import { INFRASTRUCTURE, type Infrastructure } from './infrastructure/infrastructure';
import { RECEIPTS } from './receipts/receipts.module';

/** Longest a relay round under way may take. */
const RELAY_TIMEOUT_MS = serviceOf(topology, 'service-a').drain.longestHandlerSeconds * 1_000;
/** Longest a batch of receipts may take to end, its deletes included. */
const DRAIN_TIMEOUT_MS = RELAY_TIMEOUT_MS - 2_000;
/** Entries that the topic has not taken by then wait for the relay of another process, or of the next start. */
const LAST_PUBLISH_MS = 2_000;

/**
 * What service-a does when it stops, in the order of the {@link StopSequence}:
 *
 *     no new polls, no demo, "draining" -> receipts and the relay's round finished -> goodbye -> HTTP closed -> the last publishes
 *
 * Accepting goes on until HTTP closes, because an accepted event is durable; so its publisher closes last.
 */
@Injectable()
export class StopSteps implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(StopSequence) private readonly stop: StopSequence,
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(HEARTBEAT_SENDER) private readonly heartbeat: HeartbeatSender,
    @Inject(RelayTimer) private readonly relay: RelayTimer,
    @Inject(DemoTraffic) private readonly demo: DemoTraffic,
    @Inject(ModuleRef) private readonly modules: ModuleRef,
  ) {}

  onApplicationBootstrap(): void {
    let drained: Promise<unknown> = Promise.resolve();
    this.stop.register({
      phase: 'stop_polling',
      name: 'receipts and demo',
      timeoutMs: DRAIN_TIMEOUT_MS,
      run: async () => {
        this.heartbeat.markDraining();
        drained = this.drainReceipts();
        await this.demo.stop();
      },
    });
    this.stop.register({
      phase: 'finish_handlers',
      name: 'receipts under way, with their deletes',
      timeoutMs: DRAIN_TIMEOUT_MS + 500,
      run: async () => void (await drained),
    });
    this.stop.register({
      phase: 'finish_handlers',
      name: 'relay',
      timeoutMs: RELAY_TIMEOUT_MS,
      run: async () => this.relay.stop(),
    });
    this.stop.register({
      phase: 'goodbye',
      name: 'heartbeat',
      timeoutMs: 2_000,
      run: async () => void (await this.heartbeat.goodbye()),
    });
  }

  /** After HTTP is closed: nothing can be accepted any more. */
  async onApplicationShutdown(): Promise<void> {
    const { events, heartbeats } = this.infrastructure;
    await atMost(LAST_PUBLISH_MS, Promise.all([events.close(), heartbeats.close()]));
    this.infrastructure.close();
  }

  private async drainReceipts(): Promise<void> {
    const consumer = this.modules.get<QueueConsumer | undefined>(queueConsumerToken(RECEIPTS), {
      strict: false,
    });
    await consumer?.drain({ timeoutMs: DRAIN_TIMEOUT_MS });
  }
}

async function atMost(timeoutMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([work, tooLate]);
  clearTimeout(timer);
}
