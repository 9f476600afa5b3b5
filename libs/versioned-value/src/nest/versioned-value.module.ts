import { createHash, randomUUID } from 'node:crypto';
import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import type { VersionStore } from '../core/version';
import { VersionedValue, type VersionedValueOptions } from '../core/versioned-value';

/** Inject the process's {@link VersionStore} by this token. */
export const VERSION_STORE = Symbol('VERSION_STORE');

/** Inject the process's {@link VersionedValue} by this token. */
export const VERSIONED_VALUE = Symbol('VERSIONED_VALUE');

/** The options of {@link VersionedValue}; time, tokens and SHA-256 come from the process unless given. */
export interface VersionedValueModuleOptions extends Partial<VersionedValueOptions> {
  readonly store: VersionStore;
}

/** How the options are built from other providers. */
export interface VersionedValueModuleFactory {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  /** Builds the options from what was injected, in that order. */
  readonly useFactory: FactoryProvider<
    VersionedValueModuleOptions | Promise<VersionedValueModuleOptions>
  >['useFactory'];
}

const OPTIONS = Symbol('VERSIONED_VALUE_OPTIONS');

/**
 * One version store and its {@link VersionedValue} a process.
 *
 * @example
 * VersionedValueModule.forRoot({ store: new InMemoryVersionStore() })
 * // elsewhere: constructor(@Inject(VERSIONED_VALUE) private readonly values: VersionedValue) {}
 */
@Module({})
export class VersionedValueModule {
  static forRoot(options: VersionedValueModuleOptions): DynamicModule {
    return this.forRootAsync({ useFactory: () => options });
  }

  static forRootAsync(factory: VersionedValueModuleFactory): DynamicModule {
    return {
      module: VersionedValueModule,
      global: true,
      imports: factory.imports ?? [],
      providers: [
        { provide: OPTIONS, inject: factory.inject ?? [], useFactory: factory.useFactory },
        { provide: VERSION_STORE, inject: [OPTIONS], useFactory: storeOf },
        { provide: VERSIONED_VALUE, inject: [OPTIONS], useFactory: versionedValueOf },
      ],
      exports: [VERSION_STORE, VERSIONED_VALUE],
    };
  }
}

function storeOf({ store }: VersionedValueModuleOptions): VersionStore {
  return store;
}

function versionedValueOf(options: VersionedValueModuleOptions): VersionedValue {
  return new VersionedValue({ now: Date.now, newToken: randomUUID, sha256Hex, ...options });
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
