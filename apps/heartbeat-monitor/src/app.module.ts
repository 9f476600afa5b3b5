import { type DynamicModule, Module } from '@nestjs/common';
import { HeartbeatModule } from '@latido/heartbeat/nest';
import type { Publisher } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import type { Log } from '@latido/observability';
import { Exposition } from '@latido/observability/prometheus';
import { Identity } from '@latido/service-host';
import { createTracedPublisher } from '@latido/service-host/aws';
import { LOG, SETTINGS } from '@latido/service-host/nest';
import { ApiController } from './api/api.controller';
import { AlertmanagerController } from './boards/alertmanager.controller';
import { MaintenanceController } from './boards/maintenance.controller';
import type { MonitorSettings } from './configuration';
import { HeartbeatHandler } from './consumer/heartbeat-handler';
import { WatchDependencies } from './dependencies/watch-dependencies';
import { CanarySender } from './heartbeats/canary-sender';
import { HEARTBEATS_TOPIC } from './heartbeats/heartbeats-topic';
import { ownHeartbeats } from './heartbeats/own-heartbeats';
import { awsConsumer, awsInfrastructure } from './infrastructure/aws-infrastructure';
import { INFRASTRUCTURE, type Infrastructure } from './infrastructure/infrastructure';
import { assembleMonitor, MONITOR_APP, type MonitorApp } from './monitor-app';
import { OrderlyStop } from './orderly-stop';
import { PageController } from './page/page.controller';
import { StreamController } from './stream/stream.controller';
import { MonitorTimers } from './timers/monitor-timers';
import { PodWitness } from './witness/pod-witness';

/** heartbeat-monitor: heartbeats become verdicts, verdicts become metrics, history and a live page. */
@Module({})
export class AppModule {
  static with({ settings }: { readonly settings: MonitorSettings }): DynamicModule {
    return AppModule.over(awsInfrastructure(), awsConsumer(monitorModule, settings));
  }

  /** @param infrastructure - exports INFRASTRUCTURE, globally. @param consumer - calls HeartbeatHandler; none in tests. */
  static over(infrastructure: DynamicModule, ...consumer: readonly DynamicModule[]): DynamicModule {
    return {
      module: AppModule,
      imports: [
        infrastructure,
        monitorModule,
        ...consumer,
        HeartbeatModule.forRootAsync({
          inject: [MONITOR_APP, HEARTBEATS_TOPIC, Identity, Exposition, LOG],
          useFactory: ownHeartbeats,
        }),
      ],
      controllers: [
        ApiController,
        StreamController,
        MaintenanceController,
        AlertmanagerController,
        PageController,
      ],
      providers: [MonitorTimers, WatchDependencies, PodWitness, OrderlyStop],
    };
  }
}

@Module({})
class MonitorModule {}

const monitorModule: DynamicModule = {
  module: MonitorModule,
  global: true,
  providers: [
    {
      provide: MONITOR_APP,
      inject: [INFRASTRUCTURE, SETTINGS, Identity, LOG, Exposition],
      useFactory: async (
        infrastructure: Infrastructure,
        settings: MonitorSettings,
        identity: Identity,
        log: Log,
        exposition: Exposition,
      ) => assembleMonitor({ infrastructure, settings, identity, log, exposition }),
    },
    {
      provide: HEARTBEATS_TOPIC,
      inject: [INFRASTRUCTURE],
      useFactory: ({ heartbeats }: Infrastructure) => createTracedPublisher('heartbeats', heartbeats),
    },
    {
      provide: HeartbeatHandler,
      inject: [MONITOR_APP],
      useFactory: ({ monitor, journal }: MonitorApp) => new HeartbeatHandler(monitor, journal),
    },
    {
      provide: CanarySender,
      inject: [MONITOR_APP, HEARTBEATS_TOPIC, Identity, SETTINGS, LOG],
      useFactory: (
        app: MonitorApp,
        publisher: Publisher,
        identity: Identity,
        settings: MonitorSettings,
        log: Log,
      ) =>
        new CanarySender({
          publisher,
          monitor: app.monitor,
          replica: settings.heartbeatQueueOrdinal,
          incarnation: identity.incarnation ?? identity.instanceId,
          epoch: app.clock.epoch,
          now: app.now,
          log,
          sha256Hex,
        }),
    },
  ],
  exports: [MONITOR_APP, HEARTBEATS_TOPIC, HeartbeatHandler, CanarySender],
};
