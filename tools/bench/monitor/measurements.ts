import type { FleetSize } from './fleet';

/** What a process of the benchmark is told to be. */
export interface ContestantOptions extends FleetSize {
  readonly kind: 'latido' | 'prom-client';
  /** Heartbeats in a round of the throughput; the rounds that warm up come first. */
  readonly roundBeats: number;
  readonly rounds: number;
  /** Pages written while nobody else asks for any. */
  readonly pages: number;
}

/** What it found out by itself, by CPU time: other programs may have the rest of the core. */
export interface OwnMeasurements {
  readonly heartbeatsPerCpuSecond: readonly number[];
  readonly pageCpuMs: readonly number[];
  readonly pageBytes: number;
  /** After it all, garbage collected. */
  readonly residentBytes: number;
  readonly port: number;
}

/** Its event loop since it was last asked. */
export interface LoopReport {
  /** The longest it was held by the clock. */
  readonly worstStallMs: number;
  /** The most its thread computed from one turn to the next. */
  readonly worstTurnCpuMs: number;
}

export type FromContestant =
  | { readonly kind: 'ready'; readonly measured: OwnMeasurements }
  | { readonly kind: 'loop'; readonly report: LoopReport };
