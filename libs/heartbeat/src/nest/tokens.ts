/** Inject the process's `HeartbeatSender` by this token. */
export const HEARTBEAT_SENDER = Symbol('HEARTBEAT_SENDER');
