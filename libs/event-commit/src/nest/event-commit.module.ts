import { createHash, randomUUID } from 'node:crypto';
import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import type { CommitOptions } from '../core/commit-options';
import type { CommitPorts } from '../core/commit-ports';
import { EventCommitter } from '../core/event-committer';

/** Inject the process's {@link EventCommitter} by this token. */
export const EVENT_COMMITTER = Symbol('EVENT_COMMITTER');

type PortsOfTheProcess = Pick<CommitPorts, 'now' | 'newToken' | 'sha256Hex'>;

/** Ports and numbers of the committer; time, tokens and SHA-256 come from the process unless given. */
export interface EventCommitSettings
  extends Omit<CommitPorts, keyof PortsOfTheProcess>, Partial<PortsOfTheProcess> {
  readonly options?: Partial<CommitOptions>;
}

/** How the settings are built from other providers. */
export interface EventCommitModuleOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  /** Builds the settings from what was injected, in that order. */
  readonly useFactory: FactoryProvider<EventCommitSettings | Promise<EventCommitSettings>>['useFactory'];
}

/**
 * One committer a process. Its pollers share it, and bring a log slot of their own to each call.
 *
 * @example
 * EventCommitModule.forRootAsync({
 *   inject: [CLAIM_STORE, VERSION_STORE, LAMPORT_CLOCK],
 *   useFactory: (claims, versions, clock) => ({
 *     claims,
 *     versions,
 *     lamportAfter: async (head) => (await clock.merge(head)).time,
 *   }),
 * })
 * // elsewhere: constructor(@Inject(EVENT_COMMITTER) private readonly committer: EventCommitter) {}
 */
@Module({})
export class EventCommitModule {
  static forRootAsync(options: EventCommitModuleOptions): DynamicModule {
    return {
      module: EventCommitModule,
      global: true,
      imports: options.imports ?? [],
      providers: [
        {
          provide: EVENT_COMMITTER,
          inject: options.inject ?? [],
          useFactory: async (...injected: unknown[]): Promise<EventCommitter> =>
            committerOf(await options.useFactory(...injected)),
        },
      ],
      exports: [EVENT_COMMITTER],
    };
  }
}

function committerOf({ options, ...ports }: EventCommitSettings): EventCommitter {
  return new EventCommitter({ now: Date.now, newToken: randomUUID, sha256Hex, ...ports }, options);
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
