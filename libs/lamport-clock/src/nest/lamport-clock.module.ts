import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import { type LamportClock, type LamportClockOptions, openLamportClock } from '../core/lamport-clock';

/** Inject the process's {@link LamportClock} by this token. */
export const LAMPORT_CLOCK = Symbol('LAMPORT_CLOCK');

export interface LamportClockModuleOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  /** Builds the options from what was injected, in that order. */
  readonly useFactory: FactoryProvider<LamportClockOptions | Promise<LamportClockOptions>>['useFactory'];
}

/**
 * One clock a process, opened while the application starts: a store that cannot be reached fails the start.
 *
 * @example
 * LamportClockModule.forRootAsync({
 *   inject: [LIMIT_STORE],
 *   useFactory: (store: LimitStore) => ({ service: 'service-a', store }),
 * })
 * // elsewhere: constructor(@Inject(LAMPORT_CLOCK) private readonly clock: LamportClock) {}
 */
@Module({})
export class LamportClockModule {
  static forRootAsync(options: LamportClockModuleOptions): DynamicModule {
    return {
      module: LamportClockModule,
      global: true,
      imports: options.imports ?? [],
      providers: [
        {
          provide: LAMPORT_CLOCK,
          inject: options.inject ?? [],
          useFactory: async (...injected: unknown[]): Promise<LamportClock> =>
            openLamportClock(await options.useFactory(...injected)),
        },
      ],
      exports: [LAMPORT_CLOCK],
    };
  }
}
