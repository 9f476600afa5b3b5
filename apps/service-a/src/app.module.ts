import { type DynamicModule, Module } from '@nestjs/common';
import { EdgeAggregator } from '@latido/edge-accounting';
import { HeartbeatModule } from '@latido/heartbeat/nest';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import { type Host, Identity } from '@latido/service-host';
import { LOG, SETTINGS } from '@latido/service-host/nest';
import type { Outbox } from '@latido/write-ahead-log';
import { OUTBOX } from '@latido/write-ahead-log/nest';
import { CommandsModule } from './commands/commands.module';
import type { ServiceAVariables } from './configuration';
import { DeadLetterDesk } from './dead-letters/dead-letter-desk';
import { DeadLettersController } from './dead-letters/dead-letters.controller';
import { DemoTraffic } from './demo/demo-traffic';
import { EventsController } from './events/events.controller';
import { heartbeatOf } from './heartbeat';
import { INFRASTRUCTURE, type Infrastructure } from './infrastructure/infrastructure';
import { type Connect, InfrastructureModule } from './infrastructure/infrastructure.module';
import { PublishingModule } from './publishing/publishing.module';
import { KnownVersionsModule } from './receipts/known-versions.module';
import { ReceiptsModule } from './receipts/receipts.module';
import { StopSteps } from './stop-steps';
import { SubjectsModule } from './subjects/subjects.module';
import { METRICS } from './telemetry/service-metrics';
import { Observers } from './telemetry/observers';

/** How service-a is put together: as a process, or in a test. */
export interface ServiceAOptions {
  readonly connect: Connect;
  /** False in tests that have no queue of receipts. */
  readonly isConsuming: boolean;
}

/** service-a: commands over HTTP -> outbox -> topic; receipts -> outbox. */
@Module({})
export class ServiceAModule {
  static with(
    { settings }: Host<ServiceAVariables>,
    { connect, isConsuming }: ServiceAOptions,
  ): DynamicModule {
    return {
      module: ServiceAModule,
      imports: [
        InfrastructureModule.with(connect),
        KnownVersionsModule,
        PublishingModule,
        CommandsModule,
        SubjectsModule,
        HeartbeatModule.forRootAsync({
          inject: [INFRASTRUCTURE, LAMPORT_CLOCK, EdgeAggregator, Identity, SETTINGS, METRICS, LOG],
          useFactory: heartbeatOf,
        }),
        ...(isConsuming ? [ReceiptsModule.with({ pollers: settings.consumerPollers })] : []),
      ],
      controllers: [EventsController, DeadLettersController],
      providers: [
        {
          provide: DeadLetterDesk,
          inject: [INFRASTRUCTURE, OUTBOX],
          useFactory: ({ deadLetters }: Infrastructure, outbox: Outbox) =>
            new DeadLetterDesk(deadLetters, outbox),
        },
        DemoTraffic,
        Observers,
        StopSteps,
      ],
    };
  }
}
