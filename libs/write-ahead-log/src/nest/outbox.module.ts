import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import { Outbox, type OutboxOptions } from '../core/outbox';
import type { OutboxStore } from '../core/outbox-entry';
import { OutboxRelay, type PublishEntry, type RelayOptions } from '../core/outbox-relay';
import { RelayTimer, type RelayTimerOptions } from './relay-timer';
import { OUTBOX, OUTBOX_OPTIONS, OUTBOX_RELAY } from './tokens';

export interface OutboxModuleSettings extends OutboxOptions, RelayOptions, RelayTimerOptions {
  readonly store: OutboxStore;
  readonly publish: PublishEntry;
}

export interface OutboxModuleOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  /** Builds the settings from what was injected, in that order. */
  readonly useFactory: FactoryProvider<OutboxModuleSettings | Promise<OutboxModuleSettings>>['useFactory'];
}

/**
 * The outbox of a process, its relay, and the timer that runs it.
 *
 * @example
 * OutboxModule.forRootAsync({
 *   inject: [OUTBOX_STORE, PUBLISHER],
 *   useFactory: (store, publisher) => ({
 *     service: 'service-a',
 *     store,
 *     publish: (entry) => publisher.publish(entry.topic, entry.message),
 *     entryLifeMs,
 *     overdueAfterMs: 60_000,
 *   }),
 * })
 * // elsewhere: constructor(@Inject(OUTBOX) private readonly outbox: Outbox) {}
 */
@Module({})
export class OutboxModule {
  static forRootAsync(options: OutboxModuleOptions): DynamicModule {
    return {
      module: OutboxModule,
      global: true,
      imports: options.imports ?? [],
      providers: [
        { provide: OUTBOX_OPTIONS, inject: options.inject ?? [], useFactory: options.useFactory },
        {
          provide: OUTBOX,
          inject: [OUTBOX_OPTIONS],
          useFactory: (settings: OutboxModuleSettings) =>
            new Outbox({ store: settings.store, now: Date.now }, settings),
        },
        {
          provide: OUTBOX_RELAY,
          inject: [OUTBOX_OPTIONS],
          useFactory: ({ store, publish, ...settings }: OutboxModuleSettings) =>
            new OutboxRelay({ store, publish, now: Date.now }, settings),
        },
        RelayTimer,
      ],
      exports: [OUTBOX, OUTBOX_RELAY, RelayTimer],
    };
  }
}
