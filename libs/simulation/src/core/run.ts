import { digest } from './digest';
import { type PortCall, SimulatedFaultError } from './faulty';
import { ProcessMemory } from './process-memory';
import { snapshot } from './snapshot';
import { ViolationError } from './violation';
import type { BuildWorld, FaultBounds, World } from './world';

interface PendingCall {
  readonly process: string;
  readonly id: number;
  readonly call: PortCall;
  readonly settle: (reply: Promise<unknown>) => void;
}

type LateWrite = Pick<PendingCall, 'process' | 'call'>;

/** One thing that can happen next. */
export interface Action {
  readonly label: () => string;
  readonly isFault: boolean;
  readonly take: () => Promise<void>;
}

/** What a run needs besides its world. */
export interface RunOptions extends FaultBounds {
  /** Resolves when everything that follows from the last event without any further call has been done. */
  readonly settle: () => Promise<void>;
}

/**
 * One history of a world: calls wait until somebody chooses which of them happens next, and how.
 *
 *     process ── call ──▶ pending ── happens ──▶ effect, reply
 *                            │ ──── loses its reply ──▶ effect, error
 *                            │ ──── fails ──▶ error (reads)
 *                            │ ──── comes late ──▶ error now; effect at any later moment (writes)
 *                            └ ──── its process dies ──▶ nothing, or the effect comes late
 */
export class Run {
  private pending: readonly PendingCall[] = [];
  private late: readonly LateWrite[] = [];
  private readonly memories = new Map<string, ProcessMemory>();
  private readonly dead = new Set<string>();
  private readonly trace: Action[] = [];
  private faults = 0;
  private calls = 0;
  private isOpen = false;
  private strayError: unknown;
  private world!: World;

  private constructor(private readonly options: RunOptions) {}

  /** Builds the world and lets every thread go up to its first call. */
  static async start(build: BuildWorld, options: RunOptions): Promise<Run> {
    const run = new Run(options);
    run.world = await build((process) => (call) => run.admit(process, call));
    run.isOpen = true;
    for (const { name, threads } of run.world.processes) {
      run.memories.set(name, new ProcessMemory());
      for (const thread of threads) thread().catch((error: unknown) => (run.strayError ??= error));
    }
    await run.settleAndCheck();
    return run;
  }

  /** Everything that can happen next, in an order that depends on nothing but the state. Empty: this history is over. */
  get actions(): readonly Action[] {
    const landings = this.late.map((write) => this.landing(write));
    if (this.pending.length === 0) return landings;
    const happenings = this.pending.map((pending) => this.happening(pending));
    const faults = this.faults < this.options.maxFaults ? this.faultsOf() : [];
    return [...happenings, ...landings, ...faults];
  }

  /** True when no process has anything left to do; writes may still be in flight. */
  get isOver(): boolean {
    return this.pending.length === 0;
  }

  /** What decides how everything can go on from here. */
  get state(): number {
    const memories = [...this.memories.values()].map(({ digest }) => digest);
    const pending = this.pending.map(textOf);
    const late = this.late.map(textOf).sort();
    return digest(
      this.world.snapshot() + JSON.stringify([memories, [...this.dead].sort(), pending, late, this.faults]),
    );
  }

  async take(action: Action): Promise<void> {
    this.trace.push(action);
    if (action.isFault) this.faults += 1;
    await action.take();
    await this.settleAndCheck();
  }

  /** Lets the world repair itself, with late writes landing after everything, and checks what must hold then. */
  async finish(): Promise<void> {
    this.isOpen = false;
    try {
      await this.world.finish(this.late.map(({ call }) => call.perform));
    } catch (cause) {
      throw new ViolationError([...this.labels, 'repair'], { cause });
    }
  }

  private get labels(): readonly string[] {
    return this.trace.map(({ label }) => label());
  }

  private admit(process: string, call: PortCall): Promise<unknown> {
    if (!this.isOpen) return call.perform();
    return new Promise((resolve) => {
      const pending = { process, id: (this.calls += 1), call, settle: resolve };
      this.pending = [...this.pending, pending].sort(byProcess);
    });
  }

  private happening(pending: PendingCall): Action {
    return this.action(pending, 'happens', false, async () => {
      const reply = await pending.call.perform();
      this.answer(pending, Promise.resolve(reply), reply);
    });
  }

  private landing(write: LateWrite): Action {
    return {
      label: () => `${textOf(write)} lands late`,
      isFault: false,
      take: async () => {
        this.late = this.late.filter((other) => other !== write);
        await write.call.perform();
      },
    };
  }

  private faultsOf(): readonly Action[] {
    const mortals = this.world.processes.filter(({ isMortal, name }) => isMortal && !this.dead.has(name));
    const deaths = mortals.flatMap(({ name }) => this.deaths(name));
    if (this.options.deathsOnly) return deaths;
    const ofCalls = this.pending.flatMap((pending) =>
      this.isWrite(pending) ? [this.lostReply(pending), this.lateness(pending)] : [this.failure(pending)],
    );
    return [...ofCalls, ...deaths];
  }

  private lostReply(pending: PendingCall): Action {
    return this.action(pending, 'loses its reply', true, async () => {
      await pending.call.perform();
      this.fail(pending);
    });
  }

  private lateness(pending: PendingCall): Action {
    return this.action(pending, 'times out', true, async () => {
      this.late = [...this.late, pending];
      this.fail(pending);
    });
  }

  private failure(pending: PendingCall): Action {
    return this.action(pending, 'fails', true, async () => this.fail(pending));
  }

  private deaths(process: string): readonly Action[] {
    const own = this.pending.filter((pending) => pending.process === process);
    const writes = own.filter((pending) => this.isWrite(pending));
    if (own.length === 0) return [];
    const die = (how: string, landing: readonly PendingCall[]): Action => ({
      label: () => `${process} dies${how}`,
      isFault: true,
      take: async () => {
        this.dead.add(process);
        this.pending = this.pending.filter((pending) => pending.process !== process);
        this.late = [...this.late, ...landing];
      },
    });
    return writes.length === 0 ? [die('', [])] : [die('', []), die(', its writes in flight', writes)];
  }

  private action(pending: PendingCall, what: string, isFault: boolean, take: () => Promise<void>): Action {
    return { label: () => `${textOf(pending)} ${what}`, isFault, take };
  }

  private fail(pending: PendingCall): void {
    const error = new SimulatedFaultError(pending.call.name);
    this.answer(pending, Promise.reject(error), 'fault');
  }

  private answer(pending: PendingCall, reply: Promise<unknown>, said: unknown): void {
    this.pending = this.pending.filter((other) => other !== pending);
    this.memories.get(pending.process)?.note(textOf(pending), snapshot(said));
    pending.settle(reply);
  }

  private isWrite({ call }: PendingCall): boolean {
    return this.options.isWrite(call.name);
  }

  private async settleAndCheck(): Promise<void> {
    await this.options.settle();
    try {
      if (this.strayError !== undefined) throw this.strayError;
      this.world.checkAlways();
    } catch (cause) {
      throw new ViolationError(this.labels, { cause });
    }
  }
}

function textOf({ process, call }: LateWrite): string {
  return `${process}: ${call.name}(${call.args.map((arg) => snapshot(arg)).join(', ')})`;
}

function byProcess(a: PendingCall, b: PendingCall): number {
  if (a.process !== b.process) return a.process < b.process ? -1 : 1;
  return a.id - b.id;
}
