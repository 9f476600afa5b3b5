import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Log, ReadinessChecks } from '@latido/observability';
import { DependencyWatches, LOG } from '@latido/service-host/nest';
import { INFRASTRUCTURE, type Infrastructure } from '../infrastructure/infrastructure';

/** Says whether the monitor is ready. Verdicts go on while it is not, as far as the monitor is not blind. */
@Injectable()
export class WatchDependencies implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly watches: DependencyWatches;

  constructor(
    @Inject(INFRASTRUCTURE) { dependencies }: Infrastructure,
    @Inject(ReadinessChecks) readiness: ReadinessChecks,
    @Inject(LOG) log: Log,
  ) {
    this.watches = new DependencyWatches({ dependencies, readiness, log });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.watches.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.watches.stop();
  }
}
