/** What happens to messages on their way; times in milliseconds, shares from 0 to 1. */
export interface ChannelFaults {
  readonly transit: { readonly leastMs: number; readonly meanExtraMs: number; readonly uniform?: boolean };
  /** Messages lost independently of each other. */
  readonly loss?: number;
  /** Gilbert-Elliott: each sender's losses come in bursts of this mean length, in beats. */
  readonly burstBeats?: number;
  /** Further copies of each message, each after a delay up to this. */
  readonly copies?: { readonly count: number; readonly withinMs: number };
  /** The queue stands still about once an hour, then drains in random order. */
  readonly stalls?: { readonly everyMs: number; readonly leastMs: number; readonly mostMs: number };
  /** What waits in the queue while nothing is delivered is lost. */
  readonly isPurged?: boolean;
  /** The first sender's messages take up to this much longer. */
  readonly slowSenderMs?: number;
}

/** What the senders' machines do. */
interface SenderFaults {
  /** Wall clocks are off by up to this, constantly, or stepped about hourly. */
  readonly clocks?: { readonly offByMs: number; readonly stepEveryMs?: number };
  /** Every process ends now and then and starts again at once under the same id, as a container does in its pod. */
  readonly restarts?: { readonly everyMs: number };
  /** Every process stands still now and then. */
  readonly pauses?: { readonly everyMs: number; readonly mostMs: number };
}

/** What happens to the monitor itself, while the queue keeps its messages. */
export type MonitorFaults =
  /** Its process stands still now and then: no message is read, no tick comes, no canary is sent. */
  | { readonly kind: 'pause'; readonly everyMs: number; readonly leastMs: number; readonly mostMs: number }
  /** It is killed now and then, and starts again from its snapshot and the changes on record. */
  | { readonly kind: 'restart'; readonly everyMs: number; readonly leastMs: number; readonly mostMs: number };

/** How instances end. Whoever ended is replaced by a new instance. */
type Endings =
  | { readonly kind: 'death' }
  /** Death, and Kubernetes tells that the pod was deleted. */
  | { readonly kind: 'pod_kill' }
  | { readonly kind: 'leave' }
  /** All three goodbyes are lost: nobody can tell it from a death. */
  | { readonly kind: 'lost_goodbye' }
  /** This share of the fleet dies at once. */
  | { readonly kind: 'mass'; readonly share: number }
  /** Every instance is replaced in turn: the new one starts, the old one says goodbye. */
  | { readonly kind: 'rolling' }
  | { readonly kind: 'none' };

/** What must hold; seconds, and wrong verdicts per instance and day. */
export interface Bounds {
  readonly p50Seconds?: number;
  readonly p99Seconds?: number;
  /** Wrong verdicts seen at most in the whole run. */
  readonly wrongSeen?: number;
  /** Wrong verdicts per instance-day at most; refuted when the lower confidence bound lies above it. */
  readonly wrongPerDay?: number;
  readonly blindShare?: number;
  /** From the end of a stall's drain, or of a restart of the monitor, to the verdict on who died in it. */
  readonly afterDrainSeconds?: number;
  readonly leftP50Seconds?: number;
  readonly leftP99Seconds?: number;
  readonly massAlarmP50Seconds?: number;
  /** The longest the detector may be blind without a break. */
  readonly blindAtMostSeconds?: number;
}

/** One row of the quality table: what happens, and what has to hold all the same. */
export interface Condition {
  readonly name: string;
  /** Completes "with ...". */
  readonly title: string;
  readonly channel: ChannelFaults;
  readonly senders?: SenderFaults;
  readonly monitor?: MonitorFaults;
  readonly endings: Endings;
  readonly bounds: Bounds;
  /** Fleet sizes below this are left out: they cannot show what the row is about. */
  readonly leastMembers?: number;
  /** Simulated at least this long, however large the fleet. */
  readonly leastMs?: number;
  readonly fixedMissedBeats?: number;
}
