import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import { HeartbeatSender, type HeartbeatSenderOptions } from '../core/heartbeat-sender';
import { HeartbeatLifecycle } from './heartbeat-lifecycle';
import { nodeTimers } from './node-timers';
import { HEARTBEAT_SENDER } from './tokens';

/** What an application says; clocks, randomness and timers are those of the process unless given. */
export type HeartbeatModuleOptions = Pick<HeartbeatSenderOptions, 'identity' | 'publisher'> &
  Partial<HeartbeatSenderOptions>;

export interface HeartbeatModuleAsyncOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  /** Builds the options from what was injected, in that order. */
  readonly useFactory: FactoryProvider<
    HeartbeatModuleOptions | Promise<HeartbeatModuleOptions>
  >['useFactory'];
}

/**
 * Beats from the first moment of the application to its goodbye; the only timer of the heartbeat.
 *
 * @example
 * HeartbeatModule.forRootAsync({
 *   inject: [LAMPORT_CLOCK, HEARTBEAT_PUBLISHER],
 *   useFactory: (clock: LamportClock, publisher: HeartbeatPublisher) => ({
 *     publisher,
 *     identity: {
 *       service: 'service-a',
 *       instanceId: process.env.POD_UID ?? randomUUID(),
 *       incarnation: { epoch: clock.epoch, token: randomUUID().slice(0, 8) },
 *       version: '1.4.0',
 *       produces: [{ topic: 'state-events', contracts: ['latido.state.changed.v1'] }],
 *       accepts: [],
 *     },
 *   }),
 * })
 */
@Module({})
export class HeartbeatModule {
  static forRootAsync(options: HeartbeatModuleAsyncOptions): DynamicModule {
    return {
      module: HeartbeatModule,
      global: true,
      imports: options.imports ?? [],
      providers: [
        {
          provide: HEARTBEAT_SENDER,
          inject: options.inject ?? [],
          useFactory: async (...injected: unknown[]): Promise<HeartbeatSender> =>
            new HeartbeatSender({
              now: () => Date.now(),
              monotonicMs: () => process.uptime() * 1_000,
              random: () => Math.random(),
              timers: nodeTimers,
              ...(await options.useFactory(...injected)),
            }),
        },
        HeartbeatLifecycle,
      ],
      exports: [HEARTBEAT_SENDER],
    };
  }
}
