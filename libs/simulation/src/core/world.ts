import type { Intercept } from './faulty';

/** One process of a world: everything in it shares one memory and dies together. */
export interface SimulatedProcess {
  readonly name: string;
  /** Things that go on at the same time inside. They reach the outside through ports with this process's intercept only. */
  readonly threads: readonly (() => Promise<void>)[];
  /** False for one that never crashes. */
  readonly isMortal: boolean;
}

/**
 * A small world to explore, built anew for every run; equal choices must lead to equal worlds, so
 * that a run can be repeated: no clock, no randomness but what the run gives.
 */
export interface World {
  readonly processes: readonly SimulatedProcess[];
  /** All data outside the processes, as a text. Part of what tells states apart. */
  readonly snapshot: () => string;
  /** What must hold at every moment. @throws when it does not. */
  readonly checkAlways: () => void;
  /**
   * Repairs everything, without faults, as the system would in time, and checks what must hold then.
   *
   * @param late - the writes that are still in flight: they may land before, after, or never.
   * @throws when it does not.
   */
  readonly finish: (late: readonly (() => Promise<unknown>)[]) => Promise<void>;
}

/** Builds a world. `interceptFor` gives each process the way of its calls. */
export type BuildWorld = (interceptFor: (process: string) => Intercept) => Promise<World>;

/** Bounds of what a run may meet. */
export interface FaultBounds {
  /** Faults of all kinds in one run. */
  readonly maxFaults: number;
  /** Processes die, but every call of a living one is answered: a much smaller search. @defaultValue false */
  readonly deathsOnly?: boolean;
  /** Method names that change something, with their port: only these can land late or lose a reply that matters. */
  readonly isWrite: (call: string) => boolean;
}
