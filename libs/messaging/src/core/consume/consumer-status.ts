import type { TroubleSignal } from './consumer-signal';

/** How a consumer is doing; what readiness is made of. */
export interface ConsumerStatus {
  /** `draining` also after the drain: it is for good. */
  readonly mode: 'running' | 'paused' | 'draining';
  /** Polls that wait for messages or handle them. */
  readonly pollsInFlight: number;
  /** Receives and handlers that failed since the last one that did not. 0 is healthy. */
  readonly failuresInARow: number;
  /** When a receive was answered and its batch handled; milliseconds since 1970. Absent before the first. */
  readonly lastSuccessAtMs?: number;
  /** The newest trouble, also when it is over. */
  readonly lastTrouble?: Pick<TroubleSignal, 'where' | 'code' | 'detail'> & { readonly atMs: number };
}
