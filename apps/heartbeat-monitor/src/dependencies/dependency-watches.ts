import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DependencyWatch, type Log, ReadinessChecks } from '@latido/observability';
import { LOG, Repeating } from '@latido/service-host/nest';
import { INFRASTRUCTURE, type Infrastructure } from '../infrastructure/infrastructure';

/** How often each dependency is asked: 0.25 read units a second. */
const ASK_EVERY_MS = 2_000;

/**
 * Says whether the monitor is ready. Readiness turns false with the reason, and true again with the first
 * answer, by itself. Verdicts go on meanwhile, as far as the monitor is not blind.
 */
@Injectable()
export class DependencyWatches implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly watches: readonly DependencyWatch[];
  private readonly asking: Repeating;

  constructor(
    @Inject(INFRASTRUCTURE) { dependencies }: Infrastructure,
    @Inject(ReadinessChecks) readiness: ReadinessChecks,
    @Inject(LOG) log: Log,
  ) {
    this.watches = dependencies.map((dependency) => new DependencyWatch({ ...dependency, now: Date.now }));
    for (const watch of this.watches) readiness.register(watch);
    this.asking = new Repeating({
      everyMs: ASK_EVERY_MS,
      // Not waited for: one that hangs must not keep the others from being asked.
      task: async () => this.watches.forEach((watch) => void watch.look()),
      onError: (error) => log.error({ event: 'dependency_watch_failed', err: error }, 'watch failed'),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await Promise.all(this.watches.map((watch) => watch.look()));
    this.asking.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.asking.stop();
  }
}
