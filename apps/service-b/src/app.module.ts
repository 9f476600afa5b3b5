import { type DynamicModule, Module } from '@nestjs/common';
import { EdgeAggregator } from '@latido/edge-accounting';
import { EventCommitter } from '@latido/event-commit';
import { HeartbeatModule } from '@latido/heartbeat/nest';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import type { QueueConsumer } from '@latido/messaging';
import { Identity, StopSequence } from '@latido/service-host';
import { LOG, SETTINGS } from '@latido/service-host/nest';
import type { VersionedValue } from '@latido/versioned-value';
import { VERSIONED_VALUE, VersionedValueModule } from '@latido/versioned-value/nest';
import type { ServiceBSettings } from './configuration';
import { ClockModule } from './clock/clock.module';
import { ConsumerControl } from './consumer/consumer-control';
import { ConsumerController } from './consumer/consumer.controller';
import { EventsModule } from './consumer/events.module';
import { ConsumptionGuard } from './dependencies/consumption-guard';
import { heartbeatOptions } from './heartbeats/heartbeat-options';
import { awsInfrastructure } from './infrastructure/aws-infrastructure';
import {
  EVENT_QUEUE_CONSUMER,
  type Infrastructure,
  STORES,
  type Stores,
  TOPICS,
} from './infrastructure/infrastructure';
import { LogKeeping } from './log/log-keeping';
import { LogModule } from './log/log.module';
import { OrderlyStop } from './orderly-stop';
import { ReceiptsModule } from './receipts/receipts.module';
import { RetentionTimer } from './retention/retention-timer';
import { RollbackController } from './rollback/rollback.controller';
import { Rollbacks } from './rollback/rollbacks';
import { StateRpcController } from './rpc/state-rpc.controller';
import { ServicesController } from './state/services.controller';
import { StateReader } from './state/state-reader';
import { Gauges } from './telemetry/gauges';
import { METRICS } from './telemetry/metrics';
import { TelemetryModule } from './telemetry/telemetry.module';

/** service-b: events from its queue become versions, versions are read, compared and restored. */
@Module({})
export class AppModule {
  /** @param infrastructure - AWS unless given; tests give memory. */
  static with(
    { settings }: { readonly settings: ServiceBSettings },
    infrastructure: Infrastructure = awsInfrastructure(settings),
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        infrastructure.resources,
        ClockModule,
        TelemetryModule,
        ReceiptsModule,
        LogModule,
        VersionedValueModule.forRootAsync({
          inject: [STORES],
          useFactory: ({ versions }: Stores) => ({ store: versions }),
        }),
        infrastructure.consumer(EventsModule),
        EventsModule,
        HeartbeatModule.forRootAsync({
          inject: [TOPICS, LAMPORT_CLOCK, Identity, EdgeAggregator, SETTINGS, StopSequence, METRICS, LOG],
          useFactory: heartbeatOptions,
        }),
      ],
      controllers: [ServicesController, RollbackController, ConsumerController, StateRpcController],
      providers: [
        {
          provide: ConsumerControl,
          inject: [EVENT_QUEUE_CONSUMER, SETTINGS],
          useFactory: (consumer: QueueConsumer, { consumerMode }: ServiceBSettings) =>
            new ConsumerControl(consumer, consumerMode),
        },
        {
          provide: StateReader,
          inject: [VERSIONED_VALUE],
          useFactory: (values: VersionedValue) => new StateReader(values),
        },
        {
          provide: Rollbacks,
          inject: [EventCommitter, LogKeeping],
          useFactory: (committer: EventCommitter, { rollbacks }: LogKeeping) =>
            new Rollbacks(committer, rollbacks),
        },
        ConsumptionGuard,
        Gauges,
        OrderlyStop,
        RetentionTimer,
      ],
    };
  }
}
