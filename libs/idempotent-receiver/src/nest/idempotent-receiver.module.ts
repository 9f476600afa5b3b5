import { randomUUID } from 'node:crypto';
import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import { checkHorizon, type QueueRetention } from '../core/check-horizon';
import type { ClaimStore } from '../core/claim';
import { DEFAULT_HORIZON_MS } from '../core/horizon';
import { IdempotentReceiver, type IdempotentReceiverOptions } from '../core/idempotent-receiver';
import { HorizonTooShortError } from './horizon-too-short-error';

/** Inject the process's {@link ClaimStore} by this token. */
export const CLAIM_STORE = Symbol('CLAIM_STORE');

/** Inject the process's {@link IdempotentReceiver} by this token. */
export const IDEMPOTENT_RECEIVER = Symbol('IDEMPOTENT_RECEIVER');

/** The receiver's options; time and tokens come from the process unless given. */
export interface IdempotentReceiverModuleOptions<D> extends Partial<IdempotentReceiverOptions<D>> {
  readonly store: ClaimStore<D>;
  /** The queues that feed this process; a horizon that they outlast fails the start. */
  readonly redelivery?: { readonly queues: readonly QueueRetention[]; readonly redriveMs: number };
}

/** How the options are built from other providers. */
export interface IdempotentReceiverModuleFactory<D> {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  /** Builds the options from what was injected, in that order. */
  readonly useFactory: FactoryProvider<
    IdempotentReceiverModuleOptions<D> | Promise<IdempotentReceiverModuleOptions<D>>
  >['useFactory'];
}

const OPTIONS = Symbol('IDEMPOTENT_RECEIVER_OPTIONS');

/**
 * One claim store and one receiver a process.
 *
 * @throws {@link HorizonTooShortError} at start, when a queue can redeliver longer than claims live.
 * @example
 * IdempotentReceiverModule.forRoot({ store: new InMemoryClaimStore<Decision>() })
 * // elsewhere: constructor(@Inject(IDEMPOTENT_RECEIVER) receiver: IdempotentReceiver<Decision>) {}
 */
@Module({})
export class IdempotentReceiverModule {
  static forRoot<D>(options: IdempotentReceiverModuleOptions<D>): DynamicModule {
    return this.forRootAsync<D>({ useFactory: () => options });
  }

  static forRootAsync<D>(factory: IdempotentReceiverModuleFactory<D>): DynamicModule {
    return {
      module: IdempotentReceiverModule,
      global: true,
      imports: factory.imports ?? [],
      providers: [
        { provide: OPTIONS, inject: factory.inject ?? [], useFactory: factory.useFactory },
        { provide: CLAIM_STORE, inject: [OPTIONS], useFactory: storeOf<D> },
        { provide: IDEMPOTENT_RECEIVER, inject: [OPTIONS], useFactory: receiverOf<D> },
      ],
      exports: [CLAIM_STORE, IDEMPOTENT_RECEIVER],
    };
  }
}

function storeOf<D>({ store }: IdempotentReceiverModuleOptions<D>): ClaimStore<D> {
  return store;
}

function receiverOf<D>(options: IdempotentReceiverModuleOptions<D>): IdempotentReceiver<D> {
  const { horizonMs = DEFAULT_HORIZON_MS, redelivery } = options;
  const check = redelivery ? checkHorizon({ horizonMs, ...redelivery }) : undefined;
  if (check?.outcome === 'too_short') throw new HorizonTooShortError(horizonMs, check.gaps);
  return new IdempotentReceiver({ now: Date.now, newToken: randomUUID, ...options });
}
