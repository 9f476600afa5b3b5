/**
 * Whether one thing a service needs is there; if not, why, in words an operator can act on. `details` are shown
 * to whoever asks and decide nothing.
 */
export type Readiness =
  | { readonly ok: true; readonly details?: Readonly<Record<string, string | number>> }
  | { readonly ok: false; readonly reason: string };

/**
 * One named condition of readiness, e.g. "the tables answer".
 *
 * Called for every probe, so answer from what is known (the outcome of the last call, say) rather
 * than by asking a remote party. Bounded: no answer within a second counts as not ready.
 */
export interface ReadinessCheck {
  /** Unique within a service, in snake_case: it is the name an operator sees. */
  readonly name: string;
  check(): Readiness | Promise<Readiness>;
}

/** Where a process is in its life. */
export type LifePhase = 'starting' | 'running' | 'stopping';

/**
 * The conditions under which a process says that it is ready: it runs, and every check its parts
 * have registered passes.
 *
 * @example
 * checks.register({ name: 'queue', check: () => (lost ? { ok: false, reason: lost } : { ok: true }) });
 */
export class ReadinessChecks {
  private phase: LifePhase = 'starting';
  private readonly byName = new Map<string, ReadinessCheck>();

  constructor() {
    this.register({ name: 'phase', check: () => this.phaseAllowing(['running']) });
  }

  /**
   * Adds a condition.
   * @throws Error when the name is taken: one of the two would be invisible.
   */
  register(check: ReadinessCheck): void {
    if (this.byName.has(check.name)) throw new Error(`readiness check "${check.name}" is registered twice`);
    this.byName.set(check.name, check);
  }

  /** For the owner of the process: says where it is in its life. */
  enter(phase: LifePhase): void {
    this.phase = phase;
  }

  all(): readonly ReadinessCheck[] {
    return [...this.byName.values()];
  }

  /** Holds from the end of the start until the end of the process, whatever it depends on. */
  startup(): ReadinessCheck {
    return { name: 'started', check: () => this.phaseAllowing(['running', 'stopping']) };
  }

  private phaseAllowing(allowed: readonly LifePhase[]): Readiness {
    return allowed.includes(this.phase)
      ? { ok: true }
      : { ok: false, reason: `the process is ${this.phase}` };
  }
}
