/** Fields of one log line. Never put a payload, a token or a header here. */
export interface LogFields {
  /** Stable name of what happened, in snake_case: what people search for. */
  readonly event: string;
  readonly [name: string]: unknown;
}

/**
 * Port: where a process tells what happened, one line an event.
 *
 * @example
 * log.info({ event: 'event_accepted', event_id: id, subject }, 'accepted an event');
 */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  fatal(fields: LogFields, message: string): void;
}
