import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DependencyWatch, type Log, ReadinessChecks } from '@latido/observability';
import { LOG, Repeating } from '@latido/service-host/nest';
import { ConsumerControl } from '../consumer/consumer-control';
import { DEPENDENCIES, type Dependency } from '../infrastructure/infrastructure';

/** How often each dependency is asked: 0.25 read units a second, and soon enough that an outage wears no message out. */
const ASK_EVERY_MS = 2_000;
/** How often the answers are looked at: a dependency that falls silent is noticed in between. */
const LOOK_EVERY_MS = 500;

/**
 * Says whether the service is ready, and holds consumption while it is not.
 *
 * Readiness turns false with the reason, and true again with the first answer, by itself.
 */
@Injectable()
export class DependencyWatches implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly watches: readonly DependencyWatch[];
  private readonly looking: Repeating;
  private readonly asking: Repeating;
  private awayBefore = '';

  constructor(
    @Inject(DEPENDENCIES) dependencies: readonly Dependency[],
    @Inject(ReadinessChecks) readiness: ReadinessChecks,
    @Inject(ConsumerControl) private readonly control: ConsumerControl,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.watches = dependencies.map((dependency) => new DependencyWatch({ ...dependency, now: Date.now }));
    for (const watch of this.watches) readiness.register(watch);
    const onError = (error: unknown): void =>
      log.error({ event: 'dependency_watch_failed', err: error }, 'watch failed');
    this.asking = new Repeating({ everyMs: ASK_EVERY_MS, task: async () => this.ask(), onError });
    this.looking = new Repeating({ everyMs: LOOK_EVERY_MS, task: async () => this.look(), onError });
  }

  async onApplicationBootstrap(): Promise<void> {
    await Promise.all(this.watches.map((watch) => watch.look()));
    this.asking.start();
    this.looking.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.asking.stop(), this.looking.stop()]);
  }

  /** Not waited for: one that hangs must not keep the others from being asked. */
  private ask(): void {
    for (const watch of this.watches) void watch.look();
  }

  private look(): void {
    const away = this.watches.flatMap((watch) => {
      const readiness = watch.check();
      return readiness.ok ? [] : [`${watch.name}: ${readiness.reason}`];
    });
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
