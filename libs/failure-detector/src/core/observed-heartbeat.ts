/** What a sender says about itself. `goodbye` is its last word: left, not dead. */
export type Phase = 'starting' | 'up' | 'draining' | 'goodbye';

/**
 * The part of a heartbeat that the detector reads; a wider message may be passed as it is.
 *
 * The values are trusted to be well formed (parse the message first) but not to be true: sequence,
 * clocks and interval may be wrong or hostile and harm only the instance that sent them.
 */
export interface ObservedHeartbeat {
  readonly service: string;
  readonly instanceId: string;
  /** One start of the instance; a restart is another incarnation. */
  readonly incarnation: string;
  /** Number of the start where the sender has one: a lower epoch cannot take an instance's place before its end was told. */
  readonly epoch?: number;
  /** 1, 2, 3, ... within the incarnation. */
  readonly seq: number;
  /** The sender's wall clock when it sent this, epoch milliseconds. May be wrong by any amount. */
  readonly sentAtMs: number;
  /** The sender's monotonic clock, milliseconds since its start. */
  readonly uptimeMs: number;
  /** How often this instance sends. */
  readonly intervalMs: number;
  readonly state: Phase;
  readonly version?: string;
  readonly zone?: string;
}

/**
 * What became of a heartbeat. Only `accepted` changes what is known of its sender.
 *
 * - `duplicate`: this very beat was seen before
 * - `late`: first copy, but a newer beat came first
 * - `stale`: of an incarnation that was replaced or has left, or older than what can be told apart
 * - `overflow`: the table is full
 */
export type HeartbeatResult = 'accepted' | 'duplicate' | 'late' | 'stale' | 'overflow';
