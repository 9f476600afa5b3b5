import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Log, ReadinessChecks } from '@latido/observability';
import { type Dependency, DependencyWatches, LOG, Repeating } from '@latido/service-host/nest';
import { ConsumerControl } from '../consumer/consumer-control';
import { DEPENDENCIES } from '../infrastructure/infrastructure';

/** How often the answers are looked at: a dependency that falls silent is noticed in between. */
const LOOK_EVERY_MS = 500;

/** Watches what the service depends on, and holds consumption while it is away. */
@Injectable()
export class ConsumptionGuard implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly watches: DependencyWatches;
  private readonly looking: Repeating;
  private awayBefore = '';

  constructor(
    @Inject(DEPENDENCIES) dependencies: readonly Dependency[],
    @Inject(ReadinessChecks) readiness: ReadinessChecks,
    @Inject(ConsumerControl) private readonly control: ConsumerControl,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.watches = new DependencyWatches({ dependencies, readiness, log });
    const onError = (error: unknown): void =>
      log.error({ event: 'dependency_watch_failed', err: error }, 'watch failed');
    this.looking = new Repeating({ everyMs: LOOK_EVERY_MS, task: async () => this.look(), onError });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.watches.start();
    this.looking.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.watches.stop(), this.looking.stop()]);
  }

  private look(): void {
    const away = this.watches.away();
    this.control.hold(away);
    this.tell(away);
  }

  private tell(away: readonly string[]): void {
    const names = away.map((reason) => reason.split(':')[0]).join(', ');
    if (names === this.awayBefore) return;
    this.awayBefore = names;
    if (away.length > 0)
      this.log.warn({ event: 'dependency_away', reasons: away }, `consumption is held: ${names}`);
    else this.log.info({ event: 'dependencies_back' }, 'everything answers again');
  }
}
