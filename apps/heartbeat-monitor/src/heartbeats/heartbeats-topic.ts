/** Injects the BatchingPublisher to the heartbeats topic; beats and canaries go the same way. */
export const HEARTBEATS_TOPIC = Symbol('HEARTBEATS_TOPIC');
