import type { Incarnation } from './incarnation';

/**
 * What an instance says of itself.
 *
 *     starting --> up --> draining --> goodbye
 *
 * It only moves to the right; `goodbye` is final for its incarnation.
 */
export type HeartbeatState = 'starting' | 'up' | 'draining' | 'goodbye';

/** Everything that stays the same from the first beat of a process to its last. */
export interface HeartbeatIdentity {
  /** Name of the microservice; letters, digits, `.`, `_`, `-`, at most 63, a letter or digit first. */
  readonly service: string;
  /** Pod UID or a random id; same letters, at most 128. */
  readonly instanceId: string;
  readonly incarnation: Incarnation;
  /** Software version; letters, digits, `.`, `_`, `+`, `-`, at most 64. */
  readonly version: string;
  /** Failure domain, e.g. an availability zone; letters as in `service`. */
  readonly zone?: string;
  /** Contracts this process writes, by topic; at most 32 topics. */
  readonly produces: readonly TopicContracts[];
  /** Contracts this process understands, by topic; at most 32 topics. */
  readonly accepts: readonly TopicContracts[];
}

/** Contracts on one topic, e.g. `{ topic: 'state-events', contracts: ['latido.state.changed.v1'] }`; at most 16. */
export interface TopicContracts {
  readonly topic: string;
  readonly contracts: readonly string[];
}

/**
 * One edge aggregate as it travels. Opaque here: whoever collects them defines them.
 *
 * It must be **cumulative** since the start of the incarnation, never a difference: then a beat that
 * is lost or doubled on its way costs nothing, and the newest one is all there is to know.
 */
export type EdgeAggregate = Readonly<Record<string, unknown>>;

/** One sign of life. Plain JSON, under 1 KB with two edges. */
export interface Heartbeat extends HeartbeatIdentity {
  /** From 1, one more with each beat; the three copies of a goodbye share one. */
  readonly seq: number;
  /** Wall clock of the sender, milliseconds since 1970. Not to be compared with another machine's clock as it is. */
  readonly sentAtMs: number;
  /** Monotonic milliseconds since the process started; keeps its pace when the wall clock is stepped. */
  readonly uptimeMs: number;
  /** How often to expect a beat, from 1 s to 5 min. */
  readonly intervalMs: number;
  readonly state: HeartbeatState;
  /** At most 64; the rest comes with later beats. */
  readonly edges: readonly EdgeAggregate[];
}

/** What changes from beat to beat. */
export interface Beat {
  readonly seq: number;
  readonly sentAtMs: number;
  readonly uptimeMs: number;
  readonly intervalMs: number;
  readonly state: HeartbeatState;
  readonly edges: readonly EdgeAggregate[];
}

/** Builds the message of one beat. Pure; clock readings are cut to whole milliseconds. */
export function buildHeartbeat(identity: HeartbeatIdentity, beat: Beat): Heartbeat {
  return {
    service: identity.service,
    instanceId: identity.instanceId,
    incarnation: identity.incarnation,
    seq: beat.seq,
    sentAtMs: Math.trunc(beat.sentAtMs),
    uptimeMs: Math.trunc(beat.uptimeMs),
    intervalMs: beat.intervalMs,
    state: beat.state,
    version: identity.version,
    ...(identity.zone !== undefined && { zone: identity.zone }),
    produces: identity.produces,
    accepts: identity.accepts,
    edges: beat.edges,
  };
}
