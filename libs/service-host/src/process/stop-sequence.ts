import type { Log } from '@latido/observability';

/**
 * What is done at a stop, in this order and no other: nothing new is taken in, what is under way is
 * finished and acknowledged, the world is told, and only then the doors close.
 */
export const STOP_PHASES = [
  'stop_polling',
  'finish_handlers',
  'delete_acknowledged',
  'goodbye',
  'close_http',
  'flush_telemetry',
] as const;

export type StopPhase = (typeof STOP_PHASES)[number];

/** One thing a part of the service does when the process stops. */
export interface StopStep {
  readonly phase: StopPhase;
  /** For the log, e.g. `events consumer`. */
  readonly name: string;
  /** After this the sequence goes on without the step. */
  readonly timeoutMs: number;
  run(): Promise<void>;
}

/**
 * The one place where stopping is ordered. Parts register their steps as they start; steps of one
 * phase run together, a phase begins when the one before has ended. A step that fails or takes too
 * long is logged and does not keep the others from running.
 *
 * @example
 * stop.register({ phase: 'stop_polling', name: 'events', timeoutMs: 1_000, run: () => consumer.stop() });
 */
export class StopSequence {
  private readonly steps: StopStep[] = [];
  private underWay: Promise<boolean> | undefined;

  constructor(private readonly log: Log) {}

  register(step: StopStep): void {
    this.steps.push(step);
  }

  /** Runs every step once, however often it is called. @returns whether all of them ended well. */
  run(): Promise<boolean> {
    this.underWay ??= this.runPhases();
    return this.underWay;
  }

  private async runPhases(): Promise<boolean> {
    let clean = true;
    for (const phase of STOP_PHASES) {
      const steps = this.steps.filter((step) => step.phase === phase);
      const ended = await Promise.all(steps.map((step) => this.runStep(step)));
      clean &&= ended.every(Boolean);
    }
    return clean;
  }

  private async runStep(step: StopStep): Promise<boolean> {
    const { phase, name, timeoutMs } = step;
    const startedAtMs = performance.now();
    const fields = () => ({ phase, step: name, duration_ms: Math.round(performance.now() - startedAtMs) });
    try {
      await within(timeoutMs, () => step.run());
      this.log.info({ event: 'stop_step_done', ...fields() }, `stop: ${name} done`);
      return true;
    } catch (error) {
      this.log.error({ event: 'stop_step_failed', ...fields(), err: error }, `stop: ${name} failed`);
      return false;
    }
  }
}

async function within(timeoutMs: number, run: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([run(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
