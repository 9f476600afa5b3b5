import { Run, type RunOptions } from './run';
import type { BuildWorld } from './world';

/** How far to search. */
export interface ExploreOptions extends RunOptions {
  /** Ends the search early, with `isComplete: false`. @defaultValue no bound */
  readonly maxSchedules?: number;
  /** Told about once every 1,000 schedules. */
  readonly onProgress?: (exploration: Exploration) => void;
}

/** What a search has seen. */
export interface Exploration {
  /** Histories begun; each ends where the world ends, or at a state that was seen before. */
  readonly schedules: number;
  /** Different states seen. */
  readonly states: number;
  /** Histories that ran to their end, were repaired and checked. */
  readonly endings: number;
  /** True when nothing within the bounds was left out. */
  readonly isComplete: boolean;
}

interface Choice {
  readonly options: number;
  taken: number;
}

/**
 * Tries everything that can happen: every order of the pending calls, with every fault at every place, within the bounds.
 *
 * Depth first. Each history is run from the start by repeating its choices, because promises cannot be
 * copied; one that comes to a state seen before ends there, because what can follow was tried from that state.
 *
 * @returns how much was searched.
 * @throws {@link ViolationError} with the history that led to the first broken promise.
 * @see Godefroid, Model Checking for Programming Languages using VeriSoft (POPL 1997).
 */
export async function explore(build: BuildWorld, options: ExploreOptions): Promise<Exploration> {
  const search = new Search(build, options);
  return search.run();
}

class Search {
  private readonly seen = new Set<number>();
  private readonly path: Choice[] = [];
  private schedules = 0;
  private endings = 0;

  constructor(
    private readonly build: BuildWorld,
    private readonly options: ExploreOptions,
  ) {}

  async run(): Promise<Exploration> {
    const { maxSchedules = Infinity, onProgress } = this.options;
    let isComplete = false;
    while (!isComplete && this.schedules < maxSchedules) {
      await this.runOne();
      isComplete = !this.backtrack();
      if (this.schedules % 1_000 === 0) onProgress?.(this.result(isComplete));
    }
    return this.result(isComplete);
  }

  private async runOne(): Promise<void> {
    this.schedules += 1;
    const run = await Run.start(this.build, this.options);
    for (let depth = 0; ; depth += 1) {
      const known = this.path[depth];
      if (!known && !this.isNew(run)) return;
      const { actions } = run;
      // Once nobody has anything left to do, the end is one more choice beside the late landings.
      const choice = known ?? this.choose(actions.length + (run.isOver ? 1 : 0));
      const action = actions[choice.taken];
      if (!action) break;
      await run.take(action);
    }
    this.endings += 1;
    await run.finish();
  }

  private isNew({ state }: Run): boolean {
    const isNew = !this.seen.has(state);
    this.seen.add(state);
    return isNew;
  }

  private choose(options: number): Choice {
    const choice = { options, taken: 0 };
    this.path.push(choice);
    return choice;
  }

  private backtrack(): boolean {
    for (let last = this.path.at(-1); last; last = this.path.at(-1)) {
      last.taken += 1;
      if (last.taken < last.options) return true;
      this.path.pop();
    }
    return false;
  }

  private result(isComplete: boolean): Exploration {
    return { schedules: this.schedules, states: this.seen.size, endings: this.endings, isComplete };
  }
}
