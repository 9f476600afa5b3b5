import type { BlindReason } from './channel';
import type { InstanceState } from './instance-state';

/**
 * Why an instance changed its state. `heartbeat` covers every change for the better that a beat brings;
 * `silence` every change for the worse that time brings.
 */
export type TransitionReason =
  | 'first_heartbeat'
  | 'heartbeat'
  | 'restart'
  | 'silence'
  | 'goodbye'
  | 'pod_deleted'
  | 'pod_exited'
  | 'pod_ready'
  | 'pod_not_ready';

interface AboutInstance {
  readonly service: string;
  readonly instanceId: string;
  /** Empty for a pod that was never heard. */
  readonly incarnation: string;
  readonly atMs: number;
}

/** An instance changed its state. `silentMs` is how long ago it sent its last heartbeat. */
export interface Transition extends AboutInstance {
  readonly kind: 'transition';
  readonly from: InstanceState;
  readonly to: InstanceState;
  readonly reason: TransitionReason;
  readonly silentMs: number;
}

/** The instance started again under the same id; not a gap, and no death by itself. */
interface Restart extends AboutInstance {
  readonly kind: 'restart';
  readonly replacedIncarnation: string;
}

/**
 * An instance is no longer exported: it was replaced (`fulfilled`), is down for 8,640 T (`expired`), or was known by the
 * second witness alone, whose pod was deleted (`pod_deleted`) or who is gone itself (`witness_lost`).
 */
export interface Burial extends AboutInstance {
  readonly kind: 'burial';
  readonly reason: 'fulfilled' | 'expired' | 'pod_deleted' | 'witness_lost';
}

/** The reasons to be blind changed; none left means that verdicts count again. */
interface BlindChange {
  readonly kind: 'blind';
  readonly blind: boolean;
  readonly reasons: readonly BlindReason[];
  readonly queueIsShared: boolean;
  readonly atMs: number;
}

/** Many instances fell silent together on a channel that works. */
interface MassSilenceChange {
  readonly kind: 'mass_silence';
  readonly raised: boolean;
  readonly silent: number;
  readonly atMs: number;
}

/** k of a service changed, because the measured loss did. */
interface ThresholdChange {
  readonly kind: 'threshold';
  readonly service: string;
  readonly missedBeats: number;
  readonly loss: number;
  readonly atMs: number;
}

/** Something the detector found out, in the order it did. */
export type Fact = Transition | Restart | Burial | BlindChange | MassSilenceChange | ThresholdChange;
