import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { HeartbeatSender } from '../core/heartbeat-sender';
import { HEARTBEAT_SENDER } from './tokens';

/**
 * Ties the states of a heartbeat to the life of a Nest application. The goodbye comes after every
 * `onModuleDestroy`, in which consumers drain, and before HTTP closes.
 */
@Injectable()
export class HeartbeatLifecycle
  implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  constructor(@Inject(HEARTBEAT_SENDER) private readonly sender: HeartbeatSender) {}

  onModuleInit(): void {
    this.sender.start();
  }

  onApplicationBootstrap(): void {
    this.sender.markUp();
  }

  onModuleDestroy(): void {
    this.sender.markDraining();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sender.goodbye();
  }
}
