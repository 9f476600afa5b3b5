import type { EdgeAggregate, Heartbeat } from './heartbeat';

/** Port: the channel to the monitor. One message a call; a call that resolves has handed it over. */
export interface HeartbeatPublisher {
  /** @throws when the channel did not take the message. The sender counts that and goes on; it does not repeat. */
  publish(heartbeat: Heartbeat): Promise<void>;
}

/** Port: timers. `delayMs` is at least 0; the callback runs once, unless it is cancelled before. */
export interface Timers {
  after(delayMs: number, run: () => void): { cancel(): void };
}

/** An edge aggregate with the key under which a newer one replaces it. */
export interface KeyedAggregate {
  readonly key: string;
  readonly aggregate: EdgeAggregate;
}

/**
 * Port: what changed on the edges since the last call. Each one cumulative; see {@link EdgeAggregate}.
 * With `last` no heartbeat follows that could say more: all there is, what matters most first.
 */
export type CollectAggregates = (options: { readonly last: boolean }) => readonly KeyedAggregate[];
