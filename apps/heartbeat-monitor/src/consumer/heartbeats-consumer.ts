/** Name under which the consumer of the heartbeat queue is registered. */
export const HEARTBEATS_CONSUMER = 'heartbeats';
