import type { Truth } from './scorer';

/** One simulated process. */
export interface SimulatedMember extends Truth {
  readonly id: string;
  /** Its place in the fleet; a replacement takes the place over. */
  readonly place: number;
  /** Counts its starts under this id. */
  incarnation: number;
  startedMs: number;
  wallOffsetMs: number;
  seq: number;
  running: boolean;
  pausedUntilMs: number;
}
