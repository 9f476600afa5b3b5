import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import { LogKeeper, type LogKeeperOptions } from './log-keeper';
import { LOG_KEEPER } from './tokens';

export interface WriteAheadLogModuleOptions<R> {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  /** Builds the options from what was injected, in that order. */
  readonly useFactory: FactoryProvider<LogKeeperOptions<R> | Promise<LogKeeperOptions<R>>>['useFactory'];
}

/**
 * One keeper of log slots a process. Its timers run from the start; it opens no slot by itself.
 *
 * @example
 * WriteAheadLogModule.forRootAsync({
 *   inject: [LOG_PORTS, EventCommitter],
 *   useFactory: (ports, committer) => ({ service: 'service-b', ports, claimLifeMs, redeliver: committer.recover }),
 * })
 * // elsewhere: constructor(@Inject(LOG_KEEPER) private readonly keeper: LogKeeper<LogRecord>) {}
 */
@Module({})
export class WriteAheadLogModule {
  static forRootAsync<R>(options: WriteAheadLogModuleOptions<R>): DynamicModule {
    return {
      module: WriteAheadLogModule,
      global: true,
      imports: options.imports ?? [],
      providers: [
        {
          provide: LOG_KEEPER,
          inject: options.inject ?? [],
          useFactory: async (...injected: unknown[]): Promise<LogKeeper<R>> => {
            const keeper = new LogKeeper<R>(await options.useFactory(...injected));
            keeper.start();
            return keeper;
          },
        },
      ],
      exports: [LOG_KEEPER],
    };
  }
}
