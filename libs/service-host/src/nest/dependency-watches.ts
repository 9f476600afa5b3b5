import { DependencyWatch, type Log, type ReadinessChecks } from '@latido/observability';
import { Repeating } from './repeating';

/** How often each dependency is asked: 0.25 read units a second, and soon enough that an outage wears no message out. */
const ASK_EVERY_MS = 2_000;

/** Something that a service cannot work without, and a small question to see whether it answers. */
export interface Dependency {
  /** In snake_case: the name of its readiness check. */
  readonly name: string;
  /** Rejects, with the reason as message, when it cannot be used. */
  readonly probe: () => Promise<unknown>;
}

/**
 * Makes readiness depend on what a service needs: it turns false with the reason, and true again with the
 * first answer, by itself.
 *
 * @example
 * const watches = new DependencyWatches({ dependencies, readiness, log });
 * await watches.start();
 * watches.away(); // => ['sqs: no answer for 4 s']
 */
export class DependencyWatches {
  private readonly watches: readonly DependencyWatch[];
  private readonly lost = new Set<string>();
  private readonly asking: Repeating;

  constructor({
    dependencies,
    readiness,
    log,
  }: {
    readonly dependencies: readonly Dependency[];
    readonly readiness: ReadinessChecks;
    readonly log: Log;
  }) {
    this.watches = dependencies.map(({ name, probe }) => new DependencyWatch({ name, probe, now: Date.now }));
    for (const watch of this.watches) readiness.register(watch);
    this.asking = new Repeating({
      everyMs: ASK_EVERY_MS,
      // Not waited for: one that hangs must not keep the others from being asked.
      task: async () => {
        this.watches.forEach((watch) => void watch.look());
        this.tellChanges(log);
      },
      onError: (error) => log.error({ event: 'dependency_watch_failed', err: error }, 'watch failed'),
    });
  }

  /** Asks each once, waits for the answers, and goes on asking. */
  async start(): Promise<void> {
    await Promise.all(this.watches.map((watch) => watch.look()));
    this.asking.start();
  }

  /** One line when a dependency is lost, with the reason, and one when it is back. */
  private tellChanges(log: Log): void {
    for (const watch of this.watches) {
      const readiness = watch.check();
      const dependency = watch.name;
      if (readiness.ok === !this.lost.has(dependency)) continue;
      if (readiness.ok) {
        this.lost.delete(dependency);
        log.info({ event: 'dependency_back', dependency }, `${dependency} answers again`);
      } else {
        this.lost.add(dependency);
        log.warn({ event: 'dependency_lost', dependency, reason: readiness.reason }, `${dependency} is away`);
      }
    }
  }

  /** Waits for no probe: one of what is away must not hold up the stop. */
  async stop(): Promise<void> {
    await this.asking.stop();
  }

  /** What does not answer, each as `<name>: <reason>`; also one that fell silent since it was asked. */
  away(): readonly string[] {
    return this.watches.flatMap((watch) => {
      const readiness = watch.check();
      return readiness.ok ? [] : [`${watch.name}: ${readiness.reason}`];
    });
  }
}
