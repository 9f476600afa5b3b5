/** Inject the process's {@link LogKeeper} by this token. */
export const LOG_KEEPER = Symbol('LOG_KEEPER');

/** Inject the process's {@link Outbox} by this token. */
export const OUTBOX = Symbol('OUTBOX');

/** Inject the process's {@link OutboxRelay} by this token. */
export const OUTBOX_RELAY = Symbol('OUTBOX_RELAY');

/** What the factory of the outbox module answered. */
export const OUTBOX_OPTIONS = Symbol('OUTBOX_OPTIONS');
