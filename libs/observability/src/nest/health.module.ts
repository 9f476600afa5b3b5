import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { ReadinessChecks } from '../core/readiness';
import { HealthController } from './health.controller';

/** GET /health/live, /health/ready and /health/startup, over the checks it is given. */
@Module({})
export class HealthModule {
  static over(checks: ReadinessChecks): DynamicModule {
    return {
      module: HealthModule,
      // A probe every few seconds must not write a line each: who asks gets the reasons.
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [{ provide: ReadinessChecks, useValue: checks }],
    };
  }
}
