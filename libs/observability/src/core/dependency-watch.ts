import type { Readiness, ReadinessCheck } from './readiness';

export interface DependencyWatchOptions {
  /** Name of the readiness check, e.g. `dynamodb`. */
  readonly name: string;
  /** Asks the dependency for something small. Rejects, with the reason as message, when it cannot be used. */
  readonly probe: () => Promise<unknown>;
  readonly now: () => number;
  /** A probe that has no answer for this long counts as failed, although it may still run. Default 3 s. */
  readonly answerWithinMs?: number;
}

/**
 * Whether something a service depends on answers, learnt from probes and told without asking.
 *
 *     look() ---- probe ----> answered: ready
 *                     '-----> failed, or silent for answerWithinMs: not ready, with the reason
 *
 * Call {@link DependencyWatch.look} from a timer. It becomes ready again by itself with the first probe that succeeds.
 *
 * @example
 * const watch = new DependencyWatch({ name: 'dynamodb', probe: () => table.get(key, 'eventual'), now: Date.now });
 * readiness.register(watch);
 */
export class DependencyWatch implements ReadinessCheck {
  readonly name: string;
  private known: Readiness;
  private askedAtMs: number | undefined;

  constructor(private readonly options: DependencyWatchOptions) {
    this.name = options.name;
    this.known = { ok: false, reason: 'not asked yet' };
  }

  /** Probes once, unless a probe is under way. Never rejects. */
  async look(): Promise<void> {
    if (this.askedAtMs !== undefined) return;
    this.askedAtMs = this.options.now();
    try {
      await this.options.probe();
      this.known = { ok: true };
    } catch (error) {
      this.known = { ok: false, reason: error instanceof Error ? error.message : String(error) };
    } finally {
      this.askedAtMs = undefined;
    }
  }

  check(): Readiness {
    const silentMs = this.askedAtMs === undefined ? 0 : this.options.now() - this.askedAtMs;
    if (silentMs < (this.options.answerWithinMs ?? 3_000)) return this.known;
    return { ok: false, reason: `no answer for ${Math.floor(silentMs / 1_000)} s` };
  }
}
