import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { ReadinessChecks } from '@latido/observability';
import { HealthModule } from '@latido/observability/nest';
import { Exposition } from '@latido/observability/prometheus';
import { Identity } from '../core/identity';
import { StopSequence } from '../process/stop-sequence';
import { AccessGuard } from './access.guard';
import { AuditInterceptor } from './audit.interceptor';
import type { HostParts } from './host-parts';
import { pinoParams } from './nest-log';
import { InfoController } from './info.controller';
import { ProblemFilter } from './problem.filter';
import { LOG, SETTINGS } from './tokens';
import { TOKEN_VERIFIER } from './token-verifier';

/** The root module: what all services share, around the one that differs. */
@Global()
@Module({})
export class HostModule {
  static around(service: Type | DynamicModule, parts: HostParts & { readonly log: Logger }): DynamicModule {
    const shared = [
      { provide: SETTINGS, useValue: parts.settings },
      { provide: LOG, useValue: parts.log },
      { provide: Identity, useValue: parts.identity },
      { provide: ReadinessChecks, useValue: parts.readiness },
      { provide: StopSequence, useValue: parts.stop },
      { provide: Exposition, useValue: parts.exposition },
    ];
    return {
      module: HostModule,
      imports: [LoggerModule.forRoot(pinoParams(parts.log)), HealthModule.over(parts.readiness), service],
      controllers: [InfoController],
      providers: [
        ...shared,
        { provide: TOKEN_VERIFIER, useValue: parts.verifier },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
      ],
      exports: shared.map(({ provide }) => provide),
    };
  }
}
